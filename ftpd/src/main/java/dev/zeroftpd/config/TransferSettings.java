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

    /**
     * Zero-copy, except on network, user-space and virtual file systems, where sendfile is refused, or blocks, or sends
     * what the size doesn't promise; a minute without progress; 20 s to connect.
     */
    public static TransferSettings defaults() {
        return new TransferSettings(
                ZeroCopyMode.AUTO,
                Set.of("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "fuse", "fuseblk", "9p", "proc", "sysfs"),
                Duration.ofSeconds(60),
                Duration.ofSeconds(20));
    }

    /** The excluded types in order, so that what is printed doesn't change from run to run. */
    @Override
    public String toString() {
        return "TransferSettings[zeroCopy=" + zeroCopy + ", zeroCopyExclude=" + new TreeSet<>(zeroCopyExclude)
                + ", stallTimeout=" + stallTimeout + ", connectTimeout=" + connectTimeout + "]";
    }
}
