package dev.zeroftpd.command.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeValueTest {

    @Test
    void writesWholeSecondsInUtc() {
        assertThat(TimeValue.format(Instant.parse("2026-02-03T04:05:06.789Z"))).isEqualTo("20260203040506");
    }

    @ParameterizedTest
    @CsvSource({
        "20260203040506,2026-02-03T04:05:06Z",
        "202602030405,2026-02-03T04:05:00Z",
        "20260203040506.5,2026-02-03T04:05:06.500Z",
        "20260203040506.123456789,2026-02-03T04:05:06.123456789Z",
        "20161231235960,2017-01-01T00:00:00Z",
        "20240229000000,2024-02-29T00:00:00Z"
    })
    void readsTimes(String text, Instant time) {
        assertThat(TimeValue.parse(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026020304",
                "20261303040506",
                "20250229000000",
                "20260203240000",
                "20260203040561",
                "20260203040506.",
                "20260203040506.1234567890",
                "-20260203040506"
            })
    void refusesWhatIsNoTime(String text) {
        assertThat(TimeValue.parse(text)).isEmpty();
    }
}
