package dev.zeroftpd.storage.upload;

import dev.zeroftpd.config.UploadSettings;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What all uploads of a server share. Thread-safe.
 *
 * @param checked whether the new content of every file is looked at before others can see it: then nothing is written in place
 */
public record UploadContext(
        UploadSettings settings,
        ActiveUploads active,
        SweptDirectories swept,
        PartialFreeDirectories partialFree,
        InstantSource clock,
        boolean checked) {

    /** An appended line takes no longer, and the client that waits for its 226 won't give up before. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    public static UploadContext of(UploadSettings settings, boolean checked) {
        return new UploadContext(
                settings,
                new ActiveUploads(PATIENCE),
                new SweptDirectories(),
                new PartialFreeDirectories(),
                InstantSource.system(),
                checked);
    }
}
