package dev.zeroftpd.config.reader;

import java.nio.file.Path;
import java.time.Duration;

/** Durations as the configuration writes them, for who takes them from elsewhere. Stateless; any thread. */
public final class DurationText {

    private static final ValueType<Duration> TYPE = Units.duration(Duration.ZERO);

    private DurationText() {}

    /**
     * Such as {@code 30s} or {@code 5m}.
     *
     * @throws IllegalArgumentException if it is none; its message says what to write
     */
    public static Duration parse(String text) {
        try {
            return TYPE.parse(text, Path.of(""));
        } catch (InvalidValue e) {
            throw new IllegalArgumentException(text + " " + e.what() + ": " + e.remedy(), e);
        }
    }
}
