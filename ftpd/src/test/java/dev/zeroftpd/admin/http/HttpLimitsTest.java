package dev.zeroftpd.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpLimitsTest {

    /** Of the two timers of Java's server. */
    private static final List<String> TICKS = List.of("sun.net.httpserver.clockTick", "sun.net.httpserver.timerMillis");

    private final Properties before = (Properties) System.getProperties().clone();

    @AfterEach
    void restores() {
        System.setProperties(before);
    }

    @Test
    void anIdleServerWakesUpForItsTimersEveryTenSeconds() {
        TICKS.forEach(System::clearProperty);
        HttpLimits.set();
        assertThat(TICKS)
                .allSatisfy(tick -> assertThat(System.getProperty(tick)).isEqualTo("10000"));
    }

    @Test
    void whatTheCommandLineHasSetStays() {
        TICKS.forEach(tick -> System.setProperty(tick, "1234"));
        HttpLimits.set();
        assertThat(TICKS)
                .allSatisfy(tick -> assertThat(System.getProperty(tick)).isEqualTo("1234"));
    }
}
