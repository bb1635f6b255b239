package dev.zeroftpd.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    @Test
    void aMissedDeadlineInterruptsAndLeavesNoInterruptionBehind() {
        try (Deadlines deadlines = new Deadlines()) {
            try (var _ = deadlines.within(AT_ONCE)) {
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
            }
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }
}
