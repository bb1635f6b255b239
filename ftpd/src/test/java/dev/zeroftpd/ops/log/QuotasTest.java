package dev.zeroftpd.ops.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuotasTest {

    private static final int MANY = 1000;

    private final Quotas quotas = new Quotas(60);

    private long written(Ending ending) {
        long written = 0;
        for (int i = 0; i < MANY; i++) {
            Event.Client from = Event.Client.at("192.0.2." + i % 100);
            boolean taken = quotas.take(new Event(Instant.EPOCH, EventKind.BAN, from, Event.Deed.NONE, ending))
                    .isPresent();
            written += taken ? 1 : 0;
        }
        return written;
    }

    @Test
    void leaveOutNothingThatAnOperatorHasDone() {
        assertThat(written(new Ending.Done("30 min: a guess"))).isLessThan(MANY);
        assertThat(written(new Ending.Ordered("good by the operator"))).isEqualTo(MANY);
    }
}
