package dev.zeroftpd.config;

import java.time.Duration;

/**
 * How uploads become files. Immutable; any thread.
 *
 * @param umask permission bits that new files don't get, 0 to 0777
 * @param fsync whether 226 waits until the data is on the disk
 * @param partialExpiry how long the rest of a broken atomic upload can be resumed before it is deleted; zero: for ever;
 *     at most 365 days
 * @param withoutQuit what becomes of those whose client vanished
 * @param hardLinks whether a file that has several names is replaced for all of them
 */
public record UploadSettings(
        UploadMode mode,
        int umask,
        boolean fsync,
        Duration partialExpiry,
        WithoutQuit withoutQuit,
        HardLinks hardLinks) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public UploadSettings {
        if (umask < 0 || umask > 0777) {
            throw new IllegalArgumentException(
                    "upload.umask must be from 000 to 777 (octal), not " + Integer.toOctalString(umask));
        }
        Ranges.duration("upload.partial-expiry", partialExpiry, Duration.ZERO);
    }
}
