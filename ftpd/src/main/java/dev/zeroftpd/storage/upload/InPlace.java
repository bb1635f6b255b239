package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import dev.zeroftpd.transfer.FileSink;
import java.io.IOException;
import java.util.Optional;

/** Opens files that an upload changes where they are, instead of beside them. Thread-safe. */
final class InPlace {

    static final String AS_USUAL = "";

    private final Storage storage;
    private final PartialFiles partials;

    InPlace(Storage storage, PartialFiles partials) {
        this.storage = storage;
        this.partials = partials;
    }

    /** For bytes {@code first} to {@code last} of a file that reaches to the first of them. */
    FileSink range(VirtualPath target, long first, long last, Metadata old) throws IOException {
        FileSink changed = changing(target, WriteMode.AT_OFFSET, first, old);
        if (changed instanceof InPlaceUpload range) {
            requireRoomUpTo(last + 1, range);
        }
        return new RangeUpload(changed, last - first + 1);
    }

    private static void requireRoomUpTo(long end, InPlaceUpload range) throws IOException {
        try {
            range.file().requireRoomUpTo(end);
        } catch (StorageException tooMuch) {
            range.interrupt(tooMuch.outcome());
            throw tooMuch;
        }
    }

    /** Where it is, or in a copy that takes its place: where what comes is checked before anybody sees it. */
    FileSink changing(VirtualPath target, WriteMode mode, long offset, Metadata old) throws IOException {
        if (!partials.isChecked()) {
            return open(target, mode, offset, AS_USUAL, Optional.of(old));
        }
        long start = mode == WriteMode.APPEND ? old.size() : offset;
        if (start > old.size()) {
            throw StorageException.of(Kind.BEYOND_END, target);
        }
        Holds held = new Holds();
        try {
            held.add(partials.place().hold(target, target));
            held.add(partials.place().hold(FileIdentity.of(old), target));
            Slot slot = partials.aside(target, old);
            held.add(slot.hold());
            WritableFile file = storage.openForWriting(slot.written(), WriteMode.CREATE_OR_TRUNCATE, 0);
            return new AsideUpload(partials, slot, held, file, old.size(), start);
        } catch (StorageException refused) {
            held.close();
            throw StorageException.about(target, refused); // the copy's name is no client's business
        } catch (IOException | RuntimeException failed) {
            held.close();
            throw failed;
        }
    }

    /** @param remark of the upload, see {@link InPlaceUpload} */
    InPlaceUpload open(VirtualPath target, WriteMode mode, long offset, String remark, Optional<Metadata> old)
            throws IOException {
        Holds held = new Holds();
        try {
            held.add(partials.place().hold(target, target));
            WritableFile file = openFile(target, mode, offset, held, old);
            long start = mode == WriteMode.APPEND ? file.channel().position() : offset;
            return new InPlaceUpload(file, held, start, partials.settings().fsync(), remark, old.isEmpty());
        } catch (IOException | RuntimeException failed) {
            held.close();
            throw failed;
        }
    }

    /** Another upload may write to the same file by another name: nothing is cut off before that is ruled out. */
    private WritableFile openFile(VirtualPath target, WriteMode mode, long offset, Holds held, Optional<Metadata> old)
            throws IOException {
        boolean cut = mode == WriteMode.CREATE_OR_TRUNCATE
                && old.flatMap(FileIdentity::of).isPresent();
        WritableFile file = storage.openForWriting(target, cut ? WriteMode.AT_OFFSET : mode, offset);
        try {
            held.add(partials.place().hold(file.identity(), target));
            long size = file.channel().size();
            if (mode == WriteMode.AT_OFFSET && size < offset) {
                throw StorageException.of(Kind.BEYOND_END, target); // it got shorter meanwhile
            }
            if (cut) {
                file.channel().truncate(0);
            } else if (mode == WriteMode.APPEND && file.channel().position() != size) {
                file.channel().position(size); // it got longer meanwhile
            }
            return file;
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }
}
