package dev.zeroftpd.storage;

import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Opens the files that one account uploads to its home. Thread-safe. Whether the account may write at all is
 * {@link SessionFileSystem}'s to say.
 *
 * <p>With {@code upload.mode=atomic} a new file's bytes go to a hidden partial beside it, which takes its name when all
 * of them have come. A broken upload leaves the partial, and the old file as it was:
 *
 * <pre>
 *   STOR           begins a partial, or begins it anew
 *   REST n, STOR   continues the partial if it reaches to n; else changes the file in place from n on
 *   RANG n m, STOR changes bytes n to m of the file in place
 *   APPE           continues the partial; without one begins it, or appends to the file in place
 *   SIZE, APPE     the same, but like REST with what SIZE said of an existing file
 * </pre>
 *
 * <p>A client that first asks how long the existing file is goes on from there in its own: the partial, cut there, is what
 * it has begun, and the file in place would become half old and half new. A file that was written to after its partial was
 * left has gone on without it: an APPE alone then means the file, so that a line for a log doesn't end up behind the rest
 * of an upload that broke yesterday. With {@code direct} there are no partials.
 *
 * <p>No two uploads write to one file. A STOR beside another of the same file gets a partial of its own, and the last one
 * to complete wins; whatever would continue a file that is being written is refused as BUSY.
 */
public final class Uploads {

    private final Storage storage;
    private final PartialFiles partials;

    Uploads(Storage storage, PartialFiles partials) {
        this.storage = storage;
        this.partials = partials;
    }

    /**
     * For a whole file, new or in an existing one's place.
     *
     * @throws StorageException NOT_A_FILE, NOT_FOUND (the directory), NOT_PERMITTED, BUSY, NO_SPACE, QUOTA; the other
     *     methods likewise
     */
    public FileSink store(VirtualPath target) throws IOException {
        boolean isNew = existing(target).isEmpty();
        return isAtomic()
                ? begin(target, partials.fresh(target), true)
                : inPlace(target, WriteMode.CREATE_OR_TRUNCATE, 0, isNew);
    }

    /** For a new file; empty if one has that name, or is about to. */
    public Optional<FileSink> storeNew(VirtualPath target) throws IOException {
        if (existing(target).isPresent()) {
            return Optional.empty();
        }
        if (isAtomic()) {
            PartialFiles.Slot slot = partials.fresh(target);
            if (!slot.written().equals(slot.resumable())) {
                slot.close();
                return Optional.empty();
            }
            return Optional.of(begin(target, slot, false));
        }
        try {
            return Optional.of(inPlace(target, WriteMode.CREATE_NEW, 0, true));
        } catch (StorageException refused) {
            if (refused.kind() == Kind.EXISTS || refused.kind() == Kind.BUSY) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /**
     * For the rest of a file.
     *
     * @throws StorageException BEYOND_END if neither the partial nor the file reaches to {@code start}
     */
    public FileSink storeFrom(VirtualPath target, StartPosition start) throws IOException {
        boolean exists = existing(target).isPresent();
        if (isAtomic()) {
            Optional<FileSink> continued = continuePartial(target, start);
            if (continued.isPresent()) {
                return continued.get();
            }
        }
        if (exists) {
            OptionalLong offset = positionIn(target, start);
            if (offset.isPresent()) {
                return inPlace(target, WriteMode.AT_OFFSET, offset.getAsLong(), false);
            }
        }
        throw StorageException.of(Kind.BEYOND_END, target);
    }

    /**
     * For bytes {@code first} to {@code last} of a file that exists: nothing outside them changes.
     *
     * @throws StorageException NOT_FOUND; BEYOND_END if the file doesn't reach to {@code first}
     */
    public FileSink storeRange(VirtualPath target, long first, long last) throws IOException {
        long size = existing(target).map(Metadata::size).orElseThrow(() -> StorageException.of(Kind.NOT_FOUND, target));
        if (first > size) {
            throw StorageException.of(Kind.BEYOND_END, target);
        }
        return new RangeUpload(inPlace(target, WriteMode.AT_OFFSET, first, false), last - first + 1);
    }

    /**
     * For what comes behind the end of a file, which need not exist.
     *
     * @param told how long the account just heard that the existing file is: it means what follows there in its own file
     */
    public FileSink append(VirtualPath target, Optional<StartPosition> told) throws IOException {
        Optional<Metadata> existing = existing(target);
        if (isAtomic()) {
            Optional<FileSink> continued = appendToPartial(target, existing, told);
            if (continued.isPresent()) {
                return continued.get();
            }
            if (existing.isEmpty()) {
                return begin(target, partials.fresh(target), true);
            }
        }
        return inPlace(target, WriteMode.APPEND, existing.map(Metadata::size).orElse(0L), existing.isEmpty());
    }

    private Optional<FileSink> appendToPartial(
            VirtualPath target, Optional<Metadata> existing, Optional<StartPosition> told) throws IOException {
        if (existing.isPresent() && told.isPresent()) {
            return continuePartial(target, told.get());
        }
        boolean overtaken =
                existing.isPresent() && partials.isOlder(target, existing.get().modified());
        return overtaken ? Optional.empty() : continuePartial(target, StartPosition.end());
    }

    /** What is there of a file that doesn't exist yet: what a broken upload by this account left of it. */
    public Optional<FileSource> openPartial(VirtualPath target) throws IOException {
        Optional<VirtualPath> partial = isAtomic() ? partials.find(target) : Optional.empty();
        return partial.isPresent() ? Optional.of(storage.openForReading(partial.get())) : Optional.empty();
    }

    private boolean isAtomic() {
        return partials.settings().mode() == UploadMode.ATOMIC;
    }

    /** Replacing by rename asks nobody: whoever couldn't write the file must not replace it either. */
    private Optional<Metadata> existing(VirtualPath target) throws IOException {
        Metadata metadata;
        try {
            metadata = storage.metadata(target);
        } catch (StorageException absent) {
            if (absent.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw absent;
        }
        if (!metadata.isFile()) {
            throw StorageException.of(Kind.NOT_A_FILE, target);
        }
        if (!storage.isAccessible(target, Access.WRITE)) {
            throw StorageException.of(Kind.NOT_PERMITTED, target);
        }
        return Optional.of(metadata);
    }

    private FileSink begin(VirtualPath target, PartialFiles.Slot slot, boolean mayReplace) throws IOException {
        return open(target, slot, WriteMode.CREATE_OR_TRUNCATE, 0, mayReplace);
    }

    private Optional<FileSink> continuePartial(VirtualPath target, StartPosition start) throws IOException {
        Optional<PartialFiles.Slot> found = partials.existing(target);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        PartialFiles.Slot slot = found.get();
        try {
            OptionalLong offset = positionIn(slot.written(), start);
            if (offset.isPresent()) {
                return Optional.of(open(target, slot, WriteMode.AT_OFFSET, offset.getAsLong(), true));
            }
        } catch (IOException | RuntimeException failed) {
            slot.close();
            throw failed;
        }
        slot.close();
        return Optional.empty();
    }

    private FileSink open(VirtualPath target, PartialFiles.Slot slot, WriteMode mode, long offset, boolean mayReplace)
            throws IOException {
        try {
            WritableFile file = storage.openForWriting(slot.written(), mode, offset);
            cutAt(file, offset);
            return new PartialUpload(partials, slot, file, offset, target, mayReplace);
        } catch (StorageException failed) {
            slot.close();
            throw StorageException.of(failed.kind(), target, failed); // the partial's name is nobody's business
        } catch (IOException | RuntimeException failed) {
            slot.close();
            throw failed;
        }
    }

    /** What is behind the restart offset is about to be sent anew, and must not end up behind a shorter file. */
    private static void cutAt(WritableFile file, long offset) throws IOException {
        try {
            file.channel().truncate(offset);
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    private InPlaceUpload inPlace(VirtualPath target, WriteMode mode, long offset, boolean isNew) throws IOException {
        ActiveUploads.Hold hold = partials.hold(target, target);
        try {
            WritableFile file = storage.openForWriting(target, mode, offset);
            return new InPlaceUpload(file, hold, offset, partials.settings().fsync(), isNew);
        } catch (IOException | RuntimeException failed) {
            hold.close();
            throw failed;
        }
    }

    private OptionalLong positionIn(VirtualPath file, StartPosition start) throws IOException {
        try (FileSource source = storage.openForReading(file)) {
            return start.in(source);
        }
    }
}
