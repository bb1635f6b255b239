package dev.zeroftpd.dataconnection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.TestSettings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DataConnectionSettingsTest {

    @Test
    void tellsTheStallTimeoutAsItIsNow() {
        AtomicReference<Duration> stall = new AtomicReference<>(Duration.ofSeconds(60));
        DataConnectionSettings settings = new DataConnectionSettings(
                TestSettings.DEFAULTS.passive(),
                TestSettings.DEFAULTS.active(),
                new PassivePorts(TestSettings.DEFAULTS.passive().ports(), address -> address),
                stall::get);
        assertThat(settings.getIdleTime()).isEqualTo(60);

        stall.set(Duration.ofSeconds(7));
        assertThat(settings.getIdleTime()).isEqualTo(7);
    }
}
