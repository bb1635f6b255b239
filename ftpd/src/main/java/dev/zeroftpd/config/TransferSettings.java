package dev.zeroftpd.config;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the engine moves bytes. Immutable; any thread.
 *
 * @param zeroCopyExclude file store types, as {@link java.nio.file.FileStore#type()} names them, whose files stream
 * @param stallTimeout how long a transfer may make no progress; 1 ms to 365 days
 * @param connectTimeout how long a data connection may take to come up; 1 ms to 365 days
 */
public record TransferSettings(
        ZeroCopyMode zeroCopy, Set<String> zeroCopyExclude, Duration stallTimeout, Duration connectTimeout) {

    private static final Duration SHORTEST = Duration.ofMillis(1);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public TransferSettings {
        zeroCopyExclude = Set.copyOf(zeroCopyExclude);
        Ranges.duration("transfer.stall-timeout", stallTimeout, SHORTEST);
        Ranges.duration("transfer.connect-timeout", connectTimeout, SHORTEST);
    }

    /** The excluded types in order, so that what is printed doesn't change from run to run. */
    @Override
    public String toString() {
        return "TransferSettings[zeroCopy=" + zeroCopy + ", zeroCopyExclude=" + new TreeSet<>(zeroCopyExclude)
                + ", stallTimeout=" + stallTimeout + ", connectTimeout=" + connectTimeout + "]";
    }
}
