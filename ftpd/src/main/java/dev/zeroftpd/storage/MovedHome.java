package dev.zeroftpd.storage;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses the operations of a session whose home's name leads to another directory than at its login; the log says so once
 * per session. Thread-safe.
 */
public final class MovedHome {

    private static final Logger LOG = LoggerFactory.getLogger(MovedHome.class);

    private final Path directory;
    private final AtomicBoolean reported = new AtomicBoolean();

    public MovedHome(Path directory) {
        this.directory = directory;
    }

    /** What is to be thrown. */
    public StorageException refusal() {
        if (reported.compareAndSet(false, true)) {
            LOG.warn(
                    "The home {} leads to another directory than when a session began; that session is refused",
                    directory);
        }
        return new StorageException(
                StorageException.Kind.NOT_PERMITTED,
                "the home directory is no longer the one that you logged in to; log in again to use the new one");
    }
}
