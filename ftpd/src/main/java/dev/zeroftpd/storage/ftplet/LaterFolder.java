package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.folder.Folder;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A virtual folder of another file system, which is opened once somebody looks at it: it may hang, and must keep no log-in
 * waiting. Opened at most once, and never after the session's end. Thread-safe.
 */
final class LaterFolder implements Folder.Way {

    private final FolderSource.Choice choice;
    private final Function<FolderSource.Choice, FolderOpening.Opened> opening;

    /** Held while it is opened. */
    private final Object once = new Object();

    /** Written by the one thread that opens it. */
    private volatile FolderOpening.@Nullable Opened found;

    private boolean released;

    LaterFolder(FolderSource.Choice choice, Function<FolderSource.Choice, FolderOpening.Opened> opening) {
        this.choice = choice;
        this.opening = opening;
    }

    @Override
    public Storage storage() throws StorageException {
        FolderOpening.Opened known = found;
        return (known == null ? open() : known).folder().way().storage();
    }

    private FolderOpening.Opened open() {
        synchronized (once) {
            FolderOpening.Opened known = found;
            if (known == null) {
                known = keep(
                        isReleased() ? FolderOpening.unusable(choice, FolderOpening.CLOSED) : opening.apply(choice));
            }
            return known;
        }
    }

    private synchronized boolean isReleased() {
        return released;
    }

    /** The session may have ended while it was opened. */
    private synchronized FolderOpening.Opened keep(FolderOpening.Opened opened) {
        FolderOpening.Opened kept = opened;
        if (released) {
            opened.release().run();
            kept = FolderOpening.unusable(choice, FolderOpening.CLOSED);
        }
        found = kept;
        return kept;
    }

    @Override
    public Optional<Storage> opened() {
        FolderOpening.Opened known = found;
        return known == null ? Optional.empty() : known.folder().way().opened();
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    /** At the session's end; does not wait for a thread that opens it. */
    synchronized void release() {
        FolderOpening.Opened known = found;
        if (!released && known != null) {
            known.release().run();
        }
        released = true;
    }
}
