package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.storage.DanglingLinks;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.upload.BrokenUpload;
import dev.zeroftpd.storage.upload.PartialFiles;
import dev.zeroftpd.storage.upload.ToldLengths;
import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The files of a home as the owner of broken uploads sees them: a file whose upload broke is what has come of it. Used by one
 * command.
 *
 * @param told the lengths that the session's client knows
 * @param mayUpload whether the account may have begun an upload somewhere
 */
record FilesWithBroken(PartialFiles partials, ToldLengths told, Predicate<VirtualPath> mayUpload) {

    private Storage storage() {
        return partials.place().storage();
    }

    /** @param tells whether the client gets to know how long that is */
    Metadata metadata(VirtualPath path, boolean tells) throws IOException {
        Optional<Metadata> there = Optional.empty();
        StorageException absent = null;
        try {
            there = Optional.of(storage().metadata(path));
        } catch (StorageException refused) {
            absent = refused;
        }
        Optional<BrokenUpload> broken = brokenOf(path, there, absent);
        if (broken.isPresent()) {
            if (tells) {
                told.tell(path, broken.get().size());
            }
            return broken.get().shown();
        }
        if (absent != null) {
            throw absent;
        }
        return there.orElseThrow();
    }

    /** The client gets to know the length. */
    FileSource openToMeasure(VirtualPath path) throws IOException {
        Optional<BrokenUpload> broken = broken(path);
        if (broken.isEmpty()) {
            return storage().openForReading(path);
        }
        told.tell(path, broken.get().size());
        return storage().openForReading(broken.get().partial());
    }

    /**
     * Lets only files pass whose last upload by this account from this address did not break.
     *
     * @throws StorageException UNFINISHED
     */
    void requireFinished(VirtualPath path) throws IOException {
        if (broken(path).isPresent()) {
            throw new StorageException(
                    StorageException.Kind.UNFINISHED,
                    path + ": " + StorageException.Kind.UNFINISHED.text() + "; finish it or delete it first");
        }
    }

    private Optional<BrokenUpload> broken(VirtualPath path) throws IOException {
        try {
            return brokenOf(path, Optional.of(storage().metadata(path)), null);
        } catch (StorageException absent) {
            return brokenOf(path, Optional.empty(), absent);
        }
    }

    private Optional<BrokenUpload> brokenOf(
            VirtualPath path, Optional<Metadata> there, @Nullable StorageException absent) throws IOException {
        boolean possible = absent == null
                ? there.isPresent() && there.get().isFile()
                : absent.kind() == StorageException.Kind.NOT_FOUND;
        return possible && mayUpload.test(path) ? partials.broken(written(path, absent), there) : Optional.empty();
    }

    /** Where uploads to {@code path} go. */
    private VirtualPath written(VirtualPath path, @Nullable StorageException absent) throws IOException {
        try {
            return absent == null ? path : DanglingLinks.target(storage(), path);
        } catch (StorageException leadsNowhere) {
            return path;
        }
    }
}
