package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.ProviderErrors;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A plain file on its way to another file system, where no rename leads. It is copied aside under a hidden name, gets its
 * name when it is complete and on the disk, and only then the original goes. Used by one thread at a time.
 */
public final class FileMove implements AutoCloseable {

    /** Small enough that other work need not wait long for its turn. */
    private static final long PIECE_BYTES = 8L * 1024 * 1024;

    private final Storage storage;
    private final VirtualPath from;
    private final VirtualPath to;
    private final boolean replaces;
    private final Metadata original;
    private final FileSource source;
    private final Slot aside;
    private final WritableFile copy;
    private final ReadableByteChannel bytes;
    private long left;
    private boolean done;

    private FileMove(Storage storage, Ends ends, Metadata original, FileSource source, Slot aside, WritableFile copy)
            throws IOException {
        this.storage = storage;
        this.from = ends.from();
        this.to = ends.to();
        this.replaces = ends.replaces();
        this.original = original;
        this.source = source;
        this.aside = aside;
        this.copy = copy;
        this.left = source.size();
        this.bytes = source.streamFrom(0);
    }

    /**
     * The original and its new name.
     *
     * @param replaces whether a file that has the new name gives way
     */
    record Ends(VirtualPath from, VirtualPath to, boolean replaces) {}

    /**
     * Opens both files. Until this is closed no upload writes to them: what it brought would be lost.
     *
     * @param name reserves the new name; taken over unless this fails
     * @throws StorageException BUSY if an upload writes to one of them; also if the original could not be removed in the
     *     end, as far as that can be known
     */
    static FileMove begin(Storage storage, PartialFiles partials, Ends ends, ActiveUploads.Hold name)
            throws IOException {
        Optional<Metadata> replaced = requireFree(storage, ends.to(), ends.replaces());
        requireRemovable(storage, ends.from());
        Holds held = new Holds();
        try {
            held.add(partials.place().hold(ends.from(), ends.from()));
            Metadata original = storage.entry(ends.from());
            hold(partials.place(), ends, original, replaced, held);
            FileSource source = storage.openForReading(ends.from());
            try {
                Slot aside = partials.aside(ends.to()).with(held).with(name);
                return begin(storage, aside, ends, original, source);
            } catch (IOException | RuntimeException failed) {
                source.close();
                throw failed;
            }
        } catch (IOException | RuntimeException failed) {
            held.close();
            throw failed;
        }
    }

    private static void requireRemovable(Storage storage, VirtualPath from) throws IOException {
        try {
            storage.requireWritable(from.parent());
        } catch (StorageException refused) {
            throw new StorageException(
                    refused.kind(),
                    from + ": can't be moved to another file system, because it can't be removed from "
                            + refused.getMessage(),
                    refused);
        }
    }

    /** Both may be names of one file, where a file system is mounted twice. */
    private static void hold(PartialPlace place, Ends ends, Metadata original, Optional<Metadata> replaced, Holds held)
            throws IOException {
        Optional<FileIdentity> one = FileIdentity.of(original);
        Optional<FileIdentity> other = replaced.flatMap(FileIdentity::of);
        held.add(place.hold(one, ends.from()));
        if (!other.equals(one)) {
            held.add(place.hold(other, ends.to()));
        }
    }

    private static FileMove begin(Storage storage, Slot aside, Ends ends, Metadata original, FileSource source)
            throws IOException {
        boolean created = false;
        try {
            WritableFile copy = storage.openForWriting(aside.written(), WriteMode.CREATE_NEW, 0);
            created = true;
            try {
                return new FileMove(storage, ends, original, source, aside, copy);
            } catch (IOException | RuntimeException failed) {
                copy.close();
                throw failed;
            }
        } catch (IOException | RuntimeException failed) {
            if (created) {
                storage.delete(aside.written());
            }
            aside.close();
            throw failed;
        }
    }

    /**
     * Only the last step can be sure; checking first avoids copying a large file in vain.
     *
     * @return what is replaced
     */
    private static Optional<Metadata> requireFree(Storage storage, VirtualPath to, boolean replaces)
            throws IOException {
        Metadata there;
        try {
            there = storage.entry(to);
        } catch (StorageException free) {
            return Optional.empty();
        }
        if (!replaces || there.isDirectory()) {
            throw StorageException.of(Kind.EXISTS, to);
        }
        return Optional.of(there);
    }

    /**
     * Copies the next piece.
     *
     * @param abandoned asked now and then; true ends the work by an exception
     * @return false if nothing is left
     */
    public boolean goOn(BooleanSupplier abandoned) throws IOException {
        long piece = Math.min(left, PIECE_BYTES);
        long copied;
        try {
            copied = ByteCopy.copy(bytes, copy.channel(), piece, () -> {
                if (abandoned.getAsBoolean()) {
                    throw new StorageException(Kind.FAILED, from + ": aborted, nothing was renamed");
                }
            });
        } catch (IOException failed) {
            throw ProviderErrors.exception(failed, to);
        }
        if (copied < piece) {
            throw changed();
        }
        left -= copied;
        return left > 0;
    }

    /**
     * Gives the copy its name and removes the original.
     *
     * @throws StorageException if the original is not what it was, or can't be removed; then the message says what is where
     */
    public void finish() throws IOException {
        copy.force();
        copy.close();
        keepTime();
        if (source.change() != FileSource.Change.UNCHANGED || !isOriginal()) {
            throw changed();
        }
        storage.copyAttributes(from, aside.written()); // until now it was the server's alone: it may be a secret
        if (replaces) {
            storage.replace(aside.written(), to);
        } else {
            storage.rename(aside.written(), to);
        }
        done = true;
        storage.forceDirectory(to.parent());
        try {
            storage.delete(from);
        } catch (StorageException refused) {
            throw new StorageException(
                    refused.kind(),
                    to + ": is there now, but the old file could not be removed: " + refused.getMessage());
        }
    }

    /** The move goes on if the file system can't hold the time. */
    private void keepTime() throws IOException {
        try {
            storage.setModified(aside.written(), original.modified());
        } catch (StorageException refused) {
            if (refused.kind() != Kind.UNSUPPORTED && refused.kind() != Kind.NOT_PERMITTED) {
                throw refused;
            }
        }
    }

    private boolean isOriginal() {
        try {
            Metadata now = storage.entry(from);
            return now.isFile()
                    && now.device() == original.device()
                    && now.inode() == original.inode()
                    && now.size() == original.size();
        } catch (IOException gone) {
            return false;
        }
    }

    private StorageException changed() {
        return new StorageException(Kind.BUSY, from + ": was changed while it was moved; nothing was renamed");
    }

    /** Removes the copy unless it has its name. */
    @Override
    public void close() throws IOException {
        try (source;
                aside;
                copy;
                bytes) {
            if (!done) {
                storage.delete(aside.written());
            }
        }
    }
}
