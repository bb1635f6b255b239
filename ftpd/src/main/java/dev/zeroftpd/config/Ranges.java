package dev.zeroftpd.config;

import java.time.Duration;

/** The range checks that the settings records share. Stateless; any thread. */
public final class Ranges {

    /** Far beyond any sensible time-out, and far below where {@link Duration#toNanos()} overflows. */
    public static final Duration LONGEST = Duration.ofDays(365);

    public static final int LAST_PORT = 65535;

    private Ranges() {}

    static void port(String key, int port) {
        between(key, port, 0, LAST_PORT);
    }

    static void between(String key, long value, long first, long last) {
        if (value < first || value > last) {
            throw new IllegalArgumentException(key + " must be from " + first + " to " + last + ", not " + value);
        }
    }

    static void duration(String key, Duration value, Duration shortest) {
        if (value.compareTo(shortest) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    key + " must be from " + shortest.toMillis() + "ms to " + LONGEST.toDays() + "d, not " + value);
        }
    }
}
