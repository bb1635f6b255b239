package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.storage.Storage;
import java.io.File;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * One session's hold on a home that it may share with others. Thread-safe.
 *
 * <p>Released once, at the session's end; then the file system behind it may be closed, if it was opened for FTP.
 */
final class OpenHome {

    private final Storage storage;
    private final Optional<File> directory;
    private final boolean caseInsensitive;
    private final Runnable release;
    private final AtomicBoolean released = new AtomicBoolean();

    /** @param directory where the home is on this machine, if it is on the local file system */
    OpenHome(Storage storage, Optional<File> directory, boolean caseInsensitive, Runnable release) {
        this.storage = storage;
        this.directory = directory;
        this.caseInsensitive = caseInsensitive;
        this.release = release;
    }

    /** The same hold on it, with something around the storage; use it instead of this one. */
    OpenHome around(UnaryOperator<Storage> what) {
        return new OpenHome(what.apply(storage), directory, caseInsensitive, release);
    }

    Storage storage() {
        return storage;
    }

    Optional<File> directory() {
        return directory;
    }

    boolean caseInsensitive() {
        return caseInsensitive;
    }

    void release() {
        if (released.compareAndSet(false, true)) {
            release.run();
        }
    }
}
