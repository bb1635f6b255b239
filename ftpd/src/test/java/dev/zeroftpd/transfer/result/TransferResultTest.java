package dev.zeroftpd.transfer.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TransferResultTest {

    @Test
    void tellsSecondsRoundedToMilliseconds() {
        assertThat(seconds(0)).isEqualTo("0.000");
        assertThat(seconds(499_999)).isEqualTo("0.000");
        assertThat(seconds(500_000)).isEqualTo("0.001");
        assertThat(seconds(42_000_000)).isEqualTo("0.042");
        assertThat(seconds(1_999_600_000)).isEqualTo("2.000");
        assertThat(seconds(3_600_007_000_000L)).isEqualTo("3600.007");
    }

    private static String seconds(long nanos) {
        return new TransferResult(new Outcome.Completed(), 1, Duration.ofNanos(nanos), Way.zeroCopy()).seconds();
    }
}
