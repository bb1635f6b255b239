package dev.zeroftpd.server.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A clock that was put forward must not make all files old. */
class ClockWatchTest {

    private Instant wall = Instant.parse("2026-11-29T12:00:00Z");
    private long nanos = -5;
    private final ClockWatch clock = new ClockWatch(() -> wall, () -> nanos);

    private void pass(Duration wallTime, Duration real) {
        wall = wall.plus(wallTime);
        nanos += real.toNanos();
    }

    @Test
    void timeThatPassesIsNoJump() {
        pass(Duration.ofDays(400), Duration.ofDays(400).minusHours(20));

        assertThat(clock.jump()).isZero();
        assertThat(clock.now()).isEqualTo(wall);
    }

    @Test
    void aYearWithinAnHourIsAJumpUntilTheClockIsRightAgain() {
        pass(Duration.ofDays(365), Duration.ofHours(1));
        assertThat(clock.jump()).isEqualTo(Duration.ofDays(365).minusHours(1));

        pass(Duration.ofHours(1), Duration.ofHours(1));
        assertThat(clock.jump()).isPositive();

        pass(Duration.ofDays(-365), Duration.ZERO);
        assertThat(clock.jump()).isZero();
    }

    @Test
    void backIsAJumpToo() {
        pass(Duration.ofDays(-3), Duration.ZERO);

        assertThat(clock.jump()).isEqualTo(Duration.ofDays(-3));
    }
}
