package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.DanglingLinks;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.OtherName;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import dev.zeroftpd.storage.upload.Publishing.Publication;
import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Opens the files that one account uploads to its home. Thread-safe. Whether the account may write at all is
 * asked before.
 *
 * <p>With {@code upload.mode=atomic} a new file's bytes go to a hidden partial beside it, which takes its name when all
 * of them have come. A broken upload leaves the partial, and the old file as it was. To the account and address that it
 * belongs to, the file then appears as the part that arrived, until that is finished, begun anew, deleted or too old,
 * or until the old file changes:
 *
 * <pre>
 *   STOR           begins a partial, or begins it anew
 *   REST n, STOR   continues the partial if it reaches to n; without one changes the file in place from n on
 *   APPE           continues the partial if the session was told how long that is; without one begins it, or appends to
 *                  the file in place
 *   RANG n m, STOR changes bytes n to m of the file in place; refused while there is a partial
 * </pre>
 *
 * <p>With {@code direct}, or where no file can be made beside an existing one, there are no partials.
 *
 * <p>No two uploads write to one file. A STOR beside another of the same file gets a partial of its own, and the last one
 * to complete wins; an upload that would continue a file that is being written, by whatever name, is refused as BUSY. No
 * finished upload takes the place of a file that is being written in place.
 */
public final class Uploads {

    /** How often a partial may be published or continued by another between looking for it and taking it. */
    private static final int ATTEMPTS = 10;

    private static final String NO_PARTIAL = "in place, because no file can be made beside it";

    private final Storage storage;
    private final PartialFiles partials;
    private final ToldLengths told;
    private final UploadRights rights;
    private final InPlace inPlace;

    /** With all rights. */
    Uploads(Storage storage, PartialFiles partials, ToldLengths told) {
        this(storage, partials, told, UploadRights.ALL);
    }

    public Uploads(Storage storage, PartialFiles partials, ToldLengths told, UploadRights rights) {
        this.rights = rights;
        this.storage = storage;
        this.partials = partials;
        this.told = told;
        this.inPlace = new InPlace(storage, partials);
    }

    /**
     * For a whole file, new or in an existing one's place.
     *
     * @throws StorageException NOT_A_FILE, NOT_FOUND (the directory), NOT_PERMITTED, BUSY, NO_SPACE, QUOTA; the other
     *     methods likewise
     */
    public FileSink store(VirtualPath named) throws IOException {
        DanglingLinks.Target found = DanglingLinks.find(storage, named);
        VirtualPath target = found.path();
        Optional<Metadata> old = writable(found);
        rights.requireStore(old.isPresent(), target);
        if (!partials.areUsed()) {
            WriteMode mode = rights.replaces() ? WriteMode.CREATE_OR_TRUNCATE : WriteMode.CREATE_NEW;
            return inPlace.open(target, mode, 0, InPlace.AS_USUAL, old);
        }
        try {
            return begin(target, old, rights.publication());
        } catch (StorageException refused) {
            // a directory that may not be written to, or a name that is too long with more around it
            boolean besideOnly = refused.kind() == Kind.NOT_PERMITTED || refused.kind() == Kind.INVALID_NAME;
            if (old.isEmpty() || !besideOnly || partials.isChecked()) {
                throw refused;
            }
            return inPlace.open(target, WriteMode.CREATE_OR_TRUNCATE, 0, NO_PARTIAL, old);
        }
    }

    /**
     * For a new file; empty if one has that name, or is about to.
     *
     * @throws StorageException NOT_PERMITTED if the account may make none here
     */
    public Optional<FileSink> storeNew(VirtualPath target) throws IOException {
        return storeNew(target, Publication.ONLY_NEW);
    }

    /** The same, but if the name is taken when the upload is complete, it gets {@link OtherName another}. */
    public Optional<FileSink> storeNewOrBeside(VirtualPath target) throws IOException {
        return storeNew(target, Publication.BESIDE);
    }

    private Optional<FileSink> storeNew(VirtualPath target, Publication publication) throws IOException {
        rights.requireStore(false, target);
        Optional<Metadata> old = existing(target);
        if (old.isPresent()
                || DanglingLinks.isLink(storage, target)
                || partials.broken(target, old).isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    partials.areUsed()
                            ? beginNew(target, publication)
                            : inPlace.open(target, WriteMode.CREATE_NEW, 0, InPlace.AS_USUAL, old));
        } catch (StorageException refused) {
            if (refused.kind() == Kind.EXISTS || refused.kind() == Kind.BUSY) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** Reserves the name too: another session may ask for a new file at this moment, and has another partial. */
    private FileSink beginNew(VirtualPath target, Publication publication) throws IOException {
        ActiveUploads.Hold name = partials.place().hold(target, target);
        try {
            Slot slot = partials.fresh(target, Optional.empty());
            if (slot.isBeside()) {
                slot.close();
                throw StorageException.of(Kind.BUSY, target);
            }
            return open(slot.with(name), WriteMode.CREATE_OR_TRUNCATE, 0, publication);
        } catch (IOException | RuntimeException failed) {
            name.close();
            throw failed;
        }
    }

    /**
     * For the rest of a file.
     *
     * @throws StorageException BEYOND_END if neither the partial nor the file reaches to {@code start}
     */
    public FileSink storeFrom(VirtualPath named, StartPosition start) throws IOException {
        VirtualPath target = DanglingLinks.target(storage, named);
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<Metadata> old = existing(target);
            rights.requireStore(old.isPresent(), target);
            Optional<BrokenUpload> broken = brokenUnlessUnderWay(target, old);
            if (broken.isPresent()) {
                Optional<FileSink> continued = resume(target, broken.get(), start, rights.publication());
                if (continued.isPresent()) {
                    return continued.get();
                }
            } else if (old.isPresent()) {
                OptionalLong offset = positionIn(target, start);
                return inPlace.changing(target, WriteMode.AT_OFFSET, beyondEndIfEmpty(offset, target), old.get());
            } else {
                throw StorageException.of(Kind.BEYOND_END, target);
            }
        }
        throw StorageException.of(Kind.BUSY, target);
    }

    /**
     * For bytes {@code first} to {@code last} of a file that exists: nothing outside them changes.
     *
     * @throws StorageException NOT_FOUND; BEYOND_END if the file doesn't reach to {@code first}; UNFINISHED
     */
    public FileSink storeRange(VirtualPath target, long first, long last) throws IOException {
        Optional<Metadata> old = existing(target);
        rights.requireStore(true, target);
        if (brokenUnlessUnderWay(target, old).isPresent()) {
            throw unfinished(target, "continue it with REST, begin it anew or delete it");
        }
        long size = old.map(Metadata::size).orElseThrow(() -> StorageException.of(Kind.NOT_FOUND, target));
        if (first > size) {
            throw StorageException.of(Kind.BEYOND_END, target);
        }
        return inPlace.range(target, first, last, old.orElseThrow());
    }

    /**
     * For what comes behind the end of a file, which need not exist.
     *
     * @throws StorageException UNFINISHED if an upload of it broke, and the session has not been told where
     */
    public FileSink append(VirtualPath named) throws IOException {
        VirtualPath target = DanglingLinks.target(storage, named);
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<Metadata> old = existing(target);
            Optional<BrokenUpload> broken = brokenUnlessUnderWay(target, old);
            if (broken.isPresent()) {
                rights.requireStore(old.isPresent(), target);
            } else {
                rights.requireAppend(old.isPresent(), target);
            }
            if (broken.isPresent()) {
                if (!told.isTold(named, broken.get().size())
                        && !told.isTold(target, broken.get().size())) {
                    throw unfinished(target, "ask with SIZE how much of it has come, and send the rest");
                }
                Optional<FileSink> continued = resume(
                        target,
                        broken.get(),
                        StartPosition.end(),
                        old.isEmpty() ? rights.appending() : rights.publication());
                if (continued.isPresent()) {
                    return continued.get();
                }
            } else if (old.isEmpty() && partials.areUsed()) {
                return begin(target, old, rights.appending());
            } else if (old.isEmpty()) {
                return inPlace.open(target, WriteMode.APPEND, 0, InPlace.AS_USUAL, old);
            } else {
                return inPlace.changing(target, WriteMode.APPEND, 0, old.get());
            }
        }
        throw StorageException.of(Kind.BUSY, target);
    }

    private Optional<BrokenUpload> brokenUnlessUnderWay(VirtualPath target, Optional<Metadata> old) throws IOException {
        if (partials.areUsed() && partials.isUnderWay(target)) {
            throw StorageException.of(Kind.BUSY, target);
        }
        return partials.broken(target, old);
    }

    private static StorageException unfinished(VirtualPath target, String whatToDo) {
        return new StorageException(Kind.UNFINISHED, target + ": " + Kind.UNFINISHED.text() + "; " + whatToDo);
    }

    private Optional<Metadata> existing(VirtualPath target) throws IOException {
        try {
            return writable(new DanglingLinks.Target(target, Optional.of(storage.metadata(target))));
        } catch (StorageException absent) {
            if (absent.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw absent;
        }
    }

    /**
     * A rename doesn't check the old file's permissions: an upload that may not write the file must not replace it
     * either.
     */
    private Optional<Metadata> writable(DanglingLinks.Target found) throws IOException {
        if (found.there().isEmpty()) {
            return Optional.empty();
        }
        if (!found.there().get().isFile()) {
            throw StorageException.of(Kind.NOT_A_FILE, found.path());
        }
        try {
            storage.requireWritable(found.path());
            return found.there();
        } catch (StorageException deleted) {
            if (deleted.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw deleted;
        }
    }

    private FileSink begin(VirtualPath target, Optional<Metadata> old, Publication publication) throws IOException {
        return open(partials.fresh(target, old), WriteMode.CREATE_OR_TRUNCATE, 0, publication);
    }

    /** Empty if what was found is gone by now, because another session finished it: then look again. */
    private Optional<FileSink> resume(
            VirtualPath target, BrokenUpload broken, StartPosition start, Publication publication) throws IOException {
        Optional<Slot> taken = partials.take(target, broken);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        Slot slot = taken.get();
        long offset;
        try {
            offset = beyondEndIfEmpty(positionIn(slot.written(), start), target);
        } catch (StorageException failed) {
            slot.close();
            throw StorageException.about(target, failed);
        } catch (IOException | RuntimeException failed) {
            slot.close();
            throw failed;
        }
        return Optional.of(open(slot, WriteMode.AT_OFFSET, offset, publication));
    }

    private static long beyondEndIfEmpty(OptionalLong offset, VirtualPath target) throws StorageException {
        return offset.orElseThrow(() -> StorageException.of(Kind.BEYOND_END, target));
    }

    private FileSink open(Slot slot, WriteMode mode, long offset, Publication publication) throws IOException {
        try {
            WritableFile file = storage.openForWriting(slot.written(), mode, offset);
            cutAt(file, offset, slot.target());
            return new PartialUpload(partials, slot, file, offset, publication);
        } catch (StorageException failed) {
            slot.close();
            throw StorageException.about(slot.target(), failed); // the partial's name is no client's business
        } catch (IOException | RuntimeException failed) {
            slot.close();
            throw failed;
        }
    }

    /** Cuts off the bytes behind the restart offset: the client sends them anew, and may send fewer. */
    private static void cutAt(WritableFile file, long offset, VirtualPath target) throws IOException {
        try {
            long size = file.channel().size();
            if (size < offset) {
                throw StorageException.of(Kind.BEYOND_END, target); // it was deleted meanwhile
            }
            if (size > offset) { // not every file system has channels that can be cut
                file.channel().truncate(offset);
            }
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    private OptionalLong positionIn(VirtualPath file, StartPosition start) throws IOException {
        try (FileSource source = storage.openForReading(file)) {
            return start.in(source);
        }
    }
}
