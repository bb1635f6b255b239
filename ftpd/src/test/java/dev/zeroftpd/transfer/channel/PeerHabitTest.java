package dev.zeroftpd.transfer.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PeerHabitTest {

    @Test
    void waitsInPlaceOnlyForAPeerThatClosedAtOnce() {
        PeerHabit learned = new PeerHabit();
        assertThat(learned.millisInPlace()).isZero();
        learned.closed(0);
        assertThat(learned.millisInPlace()).isPositive();
        learned.closed(TimeUnit.MILLISECONDS.toNanos(10));
        assertThat(learned.millisInPlace()).isZero();
        assertThat(learned.millis()).isEqualTo(new PeerHabit().millis());
        learned.keptOpen();
        assertThat(learned.millisInPlace()).isZero();
        learned.closed(0);
        assertThat(learned.millisInPlace()).isPositive();
    }
}
