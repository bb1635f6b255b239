package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.upload.PartialPlace;

/**
 * An account's home as the server itself looks through it. Thread-safe; to be closed.
 *
 * @param storage leads through no link
 * @param place the same, for what keeps uploads and others apart
 */
public record HomeTree(Storage storage, PartialPlace place, Runnable release) implements AutoCloseable {

    @Override
    public void close() {
        release.run();
    }
}
