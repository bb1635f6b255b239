package dev.zeroftpd.storage.quota;

import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.HiddenName;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.upload.PartialPlace;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Deletes files that have not changed for long, and never one that an upload is about to change or to replace. Stateless; any
 * thread.
 */
public final class OldFiles {

    private OldFiles() {}

    /** Whether it is a plain file whose last change was before that. Partial files of uploads have their own expiry. */
    public static boolean isOld(String name, Metadata file, Instant limit) {
        return file.isFile() && file.modified().isBefore(limit) && !HiddenName.isPartial(name);
    }

    /**
     * Deletes what has that name, if it is old. An upload that is to replace it waits meanwhile, and then finds the name free.
     *
     * @return false if it is gone, has been changed or is being written
     */
    public static boolean delete(PartialPlace place, VirtualPath path, Instant limit) throws IOException {
        Optional<Metadata> seen = old(place, path, limit);
        if (seen.isEmpty()) {
            return false;
        }
        Optional<FileIdentity> identity = FileIdentity.of(seen.get());
        return place.ifFree(path, identity, () -> {
            boolean same = old(place, path, limit)
                    .filter(now -> FileIdentity.of(now).equals(identity))
                    .isPresent();
            if (same) {
                place.storage().delete(path);
            }
            return same;
        });
    }

    private static Optional<Metadata> old(PartialPlace place, VirtualPath path, Instant limit) throws IOException {
        try {
            return Optional.of(place.storage().entry(path)).filter(entry -> isOld(path.name(), entry, limit));
        } catch (StorageException gone) {
            if (gone.kind() == Kind.NOT_FOUND || gone.kind() == Kind.NOT_A_DIRECTORY) {
                return Optional.empty();
            }
            throw gone;
        }
    }
}
