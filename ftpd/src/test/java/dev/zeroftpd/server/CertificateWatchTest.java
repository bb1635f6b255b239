package dev.zeroftpd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.EventWriter;
import dev.zeroftpd.ops.event.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CertificateWatchTest {

    private static final Instant END = Instant.parse("2027-01-31T12:00:00Z");

    private final List<String> told = new ArrayList<>();
    private Instant now = END.minus(Duration.ofDays(40));
    private Instant end = END;

    private final EventWriter kept = new EventWriter() {
        @Override
        public boolean wants(EventKind kind) {
            return kind == EventKind.CERTIFICATE_EXPIRING;
        }

        @Override
        public void write(Event event) {
            if (event.ending() instanceof Ending.Done done) {
                told.add(done.detail());
            }
        }
    };

    private final CertificateWatch watch = new CertificateWatch("", () -> end, new Events(() -> now, kept), () -> now);

    @Test
    void tellsThirtySevenAndOneDayBeforeAndAtTheEndOnceEach() {
        for (; now.isBefore(END.plus(Duration.ofDays(2))); now = now.plus(Duration.ofHours(1))) {
            watch.look();
        }
        assertThat(told)
                .containsExactly(
                        "The certificate expires in 30 days, at 2027-01-31T12:00:00Z",
                        "The certificate expires in 7 days, at 2027-01-31T12:00:00Z",
                        "The certificate expires in a day, at 2027-01-31T12:00:00Z",
                        "The certificate has expired, at 2027-01-31T12:00:00Z: replace it, clients refuse it");
    }

    @Test
    void tellsOnceWhereTheServerIsStartedLate() {
        now = END.minus(Duration.ofHours(5));
        watch.look();
        watch.look();
        assertThat(told).containsExactly("The certificate expires within a day, at 2027-01-31T12:00:00Z");
    }

    @Test
    void beginsAnewWithAnotherCertificate() {
        now = END.minus(Duration.ofDays(5));
        watch.look();
        end = END.plus(Duration.ofDays(365));
        watch.look();
        now = end.minus(Duration.ofDays(20));
        watch.look();
        assertThat(told).hasSize(2);
    }
}
