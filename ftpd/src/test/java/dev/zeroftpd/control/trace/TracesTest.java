package dev.zeroftpd.control.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.control.trace.TracedLine.From;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TracesTest {

    private final Traces traces = new Traces();

    private static TracedLine line(String user, String text) {
        return new TracedLine(
                Instant.EPOCH, "s-1", Optional.of(user), InetAddress.getLoopbackAddress(), From.CLIENT, text);
    }

    @Test
    void wantsNoLineWhileNoneRuns() {
        assertThat(traces.areWanted()).isFalse();
        Trace trace = traces.begin(_ -> true).orElseThrow();
        assertThat(traces.areWanted()).isTrue();
        trace.close();
        assertThat(traces.areWanted()).isFalse();
    }

    @Test
    void givesEachTraceWhatItWants() throws InterruptedException {
        try (Trace alice = traces.begin(
                                line -> line.user().filter("alice"::equals).isPresent())
                        .orElseThrow();
                Trace all = traces.begin(_ -> true).orElseThrow()) {
            traces.add(line("bob", "NOOP"));
            traces.add(line("alice", "QUIT"));

            assertThat(alice.next(Duration.ZERO)).contains(line("alice", "QUIT"));
            assertThat(alice.next(Duration.ZERO)).isEmpty();
            assertThat(all.next(Duration.ZERO)).contains(line("bob", "NOOP"));
            assertThat(all.next(Duration.ZERO)).contains(line("alice", "QUIT"));
        }
    }

    @Test
    void leavesOutWhatAStalledReaderDoesNotTake() throws InterruptedException {
        try (Trace trace = traces.begin(_ -> true).orElseThrow()) {
            for (int i = 0; i < Trace.MOST_WAITING + 7; i++) {
                traces.add(line("alice", "NOOP " + i));
            }
            assertThat(trace.leftOut()).isEqualTo(7);
            assertThat(trace.leftOut()).isZero();
            assertThat(trace.next(Duration.ZERO)).contains(line("alice", "NOOP 0"));
        }
    }

    @Test
    void hasAnEnd() {
        List<Trace> running = new ArrayList<>();
        for (int i = 0; i < Traces.MOST; i++) {
            running.add(traces.begin(_ -> true).orElseThrow());
        }
        assertThat(traces.begin(_ -> true)).isEmpty();
        running.getFirst().close();
        assertThat(traces.begin(_ -> true)).isPresent();
    }
}
