package dev.zeroftpd.storage;

import dev.zeroftpd.ops.FewLines;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Refuses the operations of a session whose home's name leads to another directory than at its login; the log says so once
 * per session. Thread-safe.
 */
public final class MovedHome {

    private static final FewLines MOVED = FewLines.perMinute(LoggerFactory.getLogger(MovedHome.class), 20);

    private final Path directory;
    private final VirtualPath at;
    private final AtomicBoolean reported = new AtomicBoolean();

    /** @param at where clients see it: the root, or where a folder is */
    public MovedHome(Path directory, VirtualPath at) {
        this.directory = directory;
        this.at = at;
    }

    /** What is to be thrown. */
    public StorageException refusal() {
        if (reported.compareAndSet(false, true)) {
            MOVED.write(
                    Level.WARN,
                    () -> "The " + (at.isRoot() ? "home " : "folder ") + directory
                            + " leads to another directory than when a session began; that session is refused");
        }
        return new StorageException(
                StorageException.Kind.NOT_PERMITTED,
                (at.isRoot() ? "the home directory" : "the folder " + at)
                        + " is no longer the one that you logged in to; log in again to use the new one");
    }
}
