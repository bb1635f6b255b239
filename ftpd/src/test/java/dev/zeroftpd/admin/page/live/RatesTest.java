package dev.zeroftpd.admin.page.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RatesTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Rates<String> rates = new Rates<>(false);

    @Test
    void areBytesPerSecondSinceTheLookBefore() {
        assertThat(rates.at(SECOND, Map.of("a", 100L))).isEmpty();
        assertThat(rates.at(3 * SECOND, Map.of("a", 300L, "new", 5L))).isEqualTo(Map.of("a", 100L));
        assertThat(rates.since()).isEqualTo(SECOND);
        assertThat(rates.at(4 * SECOND, Map.of("a", 300L, "new", 10L))).isEqualTo(Map.of("a", 0L, "new", 5L));
    }

    @Test
    void looksInQuickSuccessionKeepWhatWasFound() {
        rates.at(SECOND, Map.of("a", 0L));
        assertThat(rates.at(2 * SECOND, Map.of("a", 100L))).isEqualTo(Map.of("a", 100L));
        assertThat(rates.at(2 * SECOND + SECOND / 100, Map.of("a", 100L))).isEqualTo(Map.of("a", 100L));
        assertThat(rates.at(3 * SECOND, Map.of("a", 150L))).isEqualTo(Map.of("a", 50L));
    }

    @Test
    void afterALongPauseTheyBeginAnew() {
        rates.at(SECOND, Map.of("a", 0L));
        assertThat(rates.at(100 * SECOND, Map.of("a", 100L))).isEmpty();
        assertThat(rates.since()).isEqualTo(100 * SECOND);
    }

    @Test
    void anotherTransferIsNotMeasuredByTheOneBefore() {
        rates.at(SECOND, Map.of("a", 1_000L));
        assertThat(rates.at(2 * SECOND, Map.of("a", 10L))).isEmpty();
    }

    @Test
    void newCountersBeganWithNothing() {
        Rates<String> counters = new Rates<>(true);
        counters.at(SECOND, Map.of());
        assertThat(counters.at(2 * SECOND, Map.of("b", 7L))).isEqualTo(Map.of("b", 7L));
    }

    @Test
    void pausesGrowWithWhatALookCostsAndHaveAnEnd() {
        assertThat(Live.pause(0)).isEqualTo(SECOND / 2);
        assertThat(Live.pause(SECOND / 25)).isEqualTo(SECOND);
        assertThat(Live.pause(3600 * SECOND)).isEqualTo(5 * SECOND);
        assertThat(Live.pause(Long.MAX_VALUE)).isEqualTo(5 * SECOND);
    }
}
