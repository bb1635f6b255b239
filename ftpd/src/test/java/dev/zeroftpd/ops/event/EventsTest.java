package dev.zeroftpd.ops.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EventsTest {

    private static final Instant NOW = Instant.parse("2026-11-29T14:04:33.123Z");

    /** Keeps the events of one kind. */
    private static final class Kept implements EventWriter {

        private final EventKind wanted;
        private final List<Event> events = new ArrayList<>();

        Kept(EventKind wanted) {
            this.wanted = wanted;
        }

        @Override
        public boolean wants(EventKind kind) {
            return kind == wanted;
        }

        @Override
        public void write(Event event) {
            events.add(event);
        }
    }

    @Test
    void eachWriterGetsWhatItWants() {
        Kept starts = new Kept(EventKind.START);
        Kept stops = new Kept(EventKind.STOP);
        Events events = new Events(() -> NOW, starts, stops);

        events.publish(EventKind.START, "now");

        assertThat(starts.events)
                .containsExactly(
                        new Event(NOW, EventKind.START, Event.Client.NONE, Event.Deed.NONE, new Ending.Done("now")));
        assertThat(stops.events).isEmpty();
        assertThat(events.wants(EventKind.STOP)).isTrue();
        assertThat(events.wants(EventKind.LOGIN)).isFalse();
    }

    @Test
    void aWriterThatFailsKeepsNothingFromOthers() {
        Kept starts = new Kept(EventKind.START);
        EventWriter broken = new EventWriter() {
            @Override
            public boolean wants(EventKind kind) {
                return true;
            }

            @Override
            public void write(Event event) {
                throw new IllegalStateException("a bug");
            }
        };

        new Events(() -> NOW, broken, starts).publish(EventKind.START, "now");

        assertThat(starts.events).hasSize(1);
    }

    @Test
    void fieldsThatAnEventDoesNotHaveAreLeftOut() {
        Map<String, Object> fields = new LinkedHashMap<>();
        new Event(
                        NOW,
                        EventKind.RENAME,
                        new Event.Client("t1-7", "ada", "192.0.2.7", true),
                        new Event.Deed("RNTO", "/a", "/b"),
                        Ending.Done.PLAINLY)
                .fields(fields::put);
        assertThat(fields)
                .containsExactly(
                        Map.entry("time", NOW),
                        Map.entry("event", "rename"),
                        Map.entry("session", "t1-7"),
                        Map.entry("user", "ada"),
                        Map.entry("address", "192.0.2.7"),
                        Map.entry("tls", true),
                        Map.entry("verb", "RNTO"),
                        Map.entry("path", "/a"),
                        Map.entry("to", "/b"));
    }
}
