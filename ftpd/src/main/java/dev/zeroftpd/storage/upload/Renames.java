package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.util.Optional;

/**
 * Renames files of one account: what RNTO does. Thread-safe; whether the account may write is asked
 * before.
 *
 * <p>A file that has the new name is replaced at once, if {@code rename.overwrite} allows it; a directory never is, and
 * replaces nothing. The file system itself ensures that, without a gap between check and rename.
 */
public final class Renames {

    private final Storage storage;
    private final PartialFiles partials;
    private final boolean overwrites;

    public Renames(Storage storage, PartialFiles partials, boolean overwrites) {
        this.storage = storage;
        this.partials = partials;
        this.overwrites = overwrites;
    }

    /**
     * Renames a file, directory or symbolic link itself.
     *
     * @param seen which one it has to be; empty where that can't be known
     * @return empty if that is done; else what has to be copied to another file system
     * @throws StorageException NOT_FOUND; EXISTS; BUSY while an upload writes to what would be replaced; INVALID_NAME for a
     *     directory below itself; ANOTHER_FILE_SYSTEM for what is no plain file; BUSY if {@code from} is another file
     */
    public Optional<FileMove> rename(VirtualPath from, Optional<FileIdentity> seen, VirtualPath to) throws IOException {
        Metadata source = storage.entry(from);
        if (seen.isPresent() && !seen.equals(FileIdentity.of(source))) {
            throw new StorageException(Kind.BUSY, from + ": is no longer the one that RNFR named; send RNFR again");
        }
        if (from.equals(to) && overwrites) {
            return Optional.empty();
        }
        if (source.isDirectory() && to.startsWith(from)) {
            throw intoItself(to);
        }
        if (source.isDirectory()) {
            partials.place().requireMovable(source, from);
        }
        FileMove.Ends ends = new FileMove.Ends(from, to, overwrites && !source.isDirectory());
        ActiveUploads.Hold name = partials.place().hold(to, to);
        Optional<FileMove> move = Optional.empty();
        try {
            move = rename(ends, source, name);
        } finally {
            if (move.isEmpty()) {
                name.close();
            }
        }
        return move;
    }

    private Optional<FileMove> rename(FileMove.Ends ends, Metadata source, ActiveUploads.Hold name) throws IOException {
        ActiveUploads.Hold held = holdFiles(ends, source);
        try (held) {
            move(ends.from(), ends.to(), ends.replaces());
            removeOtherName(ends.from(), ends.to(), source);
        } catch (StorageException refused) {
            boolean together = storage.areTogether(ends.from(), ends.to());
            if (refused.kind() == Kind.ANOTHER_FILE_SYSTEM && source.isFile() && together) {
                return copied(ends, source, name);
            }
            throw explained(refused, source, ends.to(), together);
        }
        return Optional.empty();
    }

    private ActiveUploads.Hold holdFiles(FileMove.Ends ends, Metadata source) throws IOException {
        Optional<FileIdentity> replaced = replaced(ends);
        Holds held = new Holds();
        try {
            held.add(partials.place().hold(replaced, ends.to())); // an upload may write to it by another name
            holdLeaving(ends, source, replaced, held);
        } catch (IOException | RuntimeException failed) {
            held.close();
            throw failed;
        }
        return held;
    }

    private Optional<FileIdentity> replaced(FileMove.Ends ends) throws IOException {
        try {
            return ends.replaces() ? FileIdentity.of(storage.entry(ends.to())) : Optional.empty();
        } catch (StorageException nothing) {
            return Optional.empty(); // then the rename replaces nothing, or says what is wrong
        }
    }

    /**
     * An upload that writes to a file takes room where it began, if anything is counted there: what it brings later would
     * count nowhere in the folder that the file goes to. Its name is held too, as uploads hold it before they open the file.
     */
    private void holdLeaving(FileMove.Ends ends, Metadata source, Optional<FileIdentity> replaced, Holds held)
            throws IOException {
        boolean stays = source.isDirectory()
                || storage.areTogether(ends.from(), ends.to())
                || (source.hasIdentity() && isSameEntry(ends.from(), ends.to()));
        if (stays) {
            return;
        }
        held.add(partials.place().hold(ends.from(), ends.from()));
        Optional<FileIdentity> leaving = FileIdentity.of(source);
        if (!leaving.equals(replaced)) {
            held.add(partials.place().hold(leaving, ends.from()));
        }
    }

    /** A file system that is mounted twice in a home refuses too: there both may be one entry, whose file must not go. */
    private Optional<FileMove> copied(FileMove.Ends ends, Metadata source, ActiveUploads.Hold name) throws IOException {
        boolean oneEntry = source.hasIdentity() && isSameEntry(ends.from(), ends.to());
        return oneEntry && ends.replaces()
                ? Optional.empty()
                : Optional.of(FileMove.begin(storage, partials, ends, name));
    }

    private void move(VirtualPath from, VirtualPath to, boolean replaces) throws IOException {
        FileState replaced = partials.state(to);
        if (replaces) {
            storage.replace(from, to);
        } else {
            storage.rename(from, to);
        }
        partials.forget(to, replaced);
        partials.forget(from, FileState.ABSENT);
    }

    /** Where both names are those of one file, {@code rename(2)} does nothing and says that it worked. */
    private void removeOtherName(VirtualPath from, VirtualPath to, Metadata source) throws IOException {
        if (source.links() > 1 && !source.isDirectory() && isStill(from, source) && !isSameEntry(from, to)) {
            storage.delete(from);
        }
    }

    private boolean isStill(VirtualPath path, Metadata file) throws IOException {
        try {
            Metadata there = storage.entry(path);
            return there.device() == file.device() && there.inode() == file.inode();
        } catch (StorageException gone) {
            return false;
        }
    }

    /** A directory may have several paths, through links. */
    private boolean isSameEntry(VirtualPath one, VirtualPath other) throws IOException {
        Metadata parent = storage.metadata(one.parent());
        Metadata another = storage.metadata(other.parent());
        return one.name().equals(other.name())
                && parent.device() == another.device()
                && parent.inode() == another.inode();
    }

    private StorageException explained(StorageException refused, Metadata source, VirtualPath to, boolean together)
            throws IOException {
        return switch (refused.kind()) {
            case EXISTS, NOT_A_FILE ->
                new StorageException(Kind.EXISTS, to + ": " + whyNotReplaced(source, to), refused);
            // the kernel says no more, where links lead from the new place to the directory
            case UNSUPPORTED ->
                source.isDirectory()
                        ? new StorageException(
                                Kind.INVALID_NAME,
                                to
                                        + ": a directory can't be moved into itself, nor to a name that the file"
                                        + " system doesn't take",
                                refused)
                        : refused;
            case ANOTHER_FILE_SYSTEM ->
                new StorageException(
                        refused.kind(),
                        to
                                + (together
                                        ? ": is on another file system, to which only plain files can be moved, one by"
                                                + " one"
                                        : ": is on another file system; download it and upload it there instead"),
                        refused);
            default -> refused;
        };
    }

    private String whyNotReplaced(Metadata source, VirtualPath to) throws IOException {
        if (storage.entry(to).isDirectory()) {
            return "a directory has that name, and none is ever replaced";
        }
        return source.isDirectory()
                ? "exists already, and a directory replaces no file"
                : "exists already, and this server doesn't let RNTO replace files";
    }

    private static StorageException intoItself(VirtualPath to) {
        return new StorageException(Kind.INVALID_NAME, to + ": a directory can't be moved into itself");
    }
}
