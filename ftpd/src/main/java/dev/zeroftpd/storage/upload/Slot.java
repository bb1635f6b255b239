package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.HiddenName;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.VirtualPath;
import java.util.Optional;

/**
 * A partial that no other upload writes to until this is closed. Used by one transfer.
 *
 * @param old what the target was when the upload began
 * @param written its name now
 * @param resumable the name under which it can be resumed
 * @param permissions those of the file, if the name is free when it is complete
 */
record Slot(
        VirtualPath target,
        FileState old,
        VirtualPath written,
        VirtualPath resumable,
        int permissions,
        ActiveUploads.Hold hold)
        implements AutoCloseable {

    private static final int OF_FILES = 0666;

    /** A file that only its owner might read stays so, even if it is deleted before the new content is complete. */
    static int permissions(Storage storage, Optional<Metadata> old) {
        int usual = OF_FILES & ~storage.umask().orElse(0);
        return old.isPresent() ? (usual & old.get().mode()) | HiddenName.PERMISSIONS : usual;
    }

    /** The same, with another reservation that ends with it. */
    Slot with(ActiveUploads.Hold other) {
        return new Slot(target, old, written, resumable, permissions, () -> {
            hold.close();
            other.close();
        });
    }

    /** The same for another target. */
    Slot to(VirtualPath other) {
        return new Slot(other, old, written, resumable, permissions, hold);
    }

    /** True if another upload of the same file by the same owner was under way when this began. */
    boolean isBeside() {
        return !written.equals(resumable);
    }

    @Override
    public void close() {
        hold.close();
    }
}
