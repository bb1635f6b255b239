package dev.zeroftpd.config;

import java.time.Duration;

/**
 * A number of failures within some time. Immutable; any thread.
 *
 * @param count 0 to {@link #MOST}; 0: any number is fine
 * @param within more than zero
 */
public record FailureRate(int count, Duration within) {

    /** The failures of each address are kept until they are too old to count. */
    public static final int MOST = 100;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public FailureRate {
        Ranges.between("the number of failures", count, 0, MOST);
        Ranges.duration("the time of failures", within, Duration.ofMillis(1));
    }
}
