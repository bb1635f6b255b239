package dev.zeroftpd.storage;

import dev.zeroftpd.config.UploadSettings;
import java.time.InstantSource;

/** What all uploads of a server share. Thread-safe. */
record UploadContext(
        UploadSettings settings,
        ActiveUploads active,
        SweptDirectories swept,
        PartialFreeDirectories partialFree,
        InstantSource clock) {

    static UploadContext of(UploadSettings settings) {
        return new UploadContext(
                settings,
                new ActiveUploads(),
                new SweptDirectories(),
                new PartialFreeDirectories(),
                InstantSource.system());
    }
}
