package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.upload.Publishing.Publication;
import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.FileSource;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * An upload that changes an existing file, written to a full copy of it: so that the new content can be looked at as a whole
 * before it takes the old one's place. Used by one transfer.
 *
 * <p>The copy is made by the transfer's thread, when the first bytes come. No other upload changes the file meanwhile; should
 * something else have, the old file stays as that left it. A broken one leaves nothing.
 */
final class AsideUpload implements FileSink {

    private final PartialFiles partials;
    private final Slot slot;
    private final Holds held;
    private final WritableFile file;
    private final long oldSize;
    private final long start;
    private final Holds kept = new Holds();
    private final Channel channel = new Channel();
    private boolean copied;
    private boolean ended;
    private BooleanSupplier inVain = () -> false;

    /**
     * Takes over {@code slot}, {@code held} and {@code file}.
     *
     * @param held the old file
     * @param file the opened partial, empty
     * @param oldSize of the old file
     * @param start where the first byte goes, at most {@code oldSize}
     */
    AsideUpload(PartialFiles partials, Slot slot, Holds held, WritableFile file, long oldSize, long start) {
        this.partials = partials;
        this.slot = slot;
        this.held = held;
        this.file = file;
        this.oldSize = oldSize;
        this.start = start;
    }

    @Override
    public WritableByteChannel channel() {
        return channel;
    }

    @Override
    public long start() {
        return start;
    }

    @Override
    public void endIf(BooleanSupplier decided) {
        inVain = decided;
    }

    @Override
    public String remark() {
        return "";
    }

    /** What is missing at its end would be missing in the file, as where that is written in place. */
    @Override
    public boolean replaces() {
        return false;
    }

    @Override
    public Optional<String> whole() throws IOException {
        copyOnce();
        return partials.place().pathForPrograms(file, slot.target(), kept);
    }

    @Override
    public void complete() throws IOException {
        copyOnce();
        ended = true;
        held.close(); // what publishes takes them itself
        try (kept;
                slot;
                file) {
            requireUnchanged();
            if (partials.settings().fsync()) {
                file.force();
            }
            file.finish();
            partials.publish(slot, file, Publication.REPLACE);
        } catch (StorageException refused) {
            throw StorageException.about(slot.target(), refused);
        }
    }

    private void requireUnchanged() throws IOException {
        VirtualPath target = slot.target();
        if (!FileState.of(partials.place().entry(target)).equals(slot.old())) {
            partials.drop(slot);
            throw StorageException.of(Kind.BUSY, target);
        }
    }

    @Override
    public boolean completeIfNew() throws IOException {
        interrupt(new Outcome.ClientVanished());
        return false;
    }

    @Override
    public void interrupt(Outcome why) throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        try (kept;
                held;
                slot;
                file) {
            partials.dropUnlessGone(slot);
        }
    }

    private void copyOnce() throws IOException {
        if (copied) {
            return;
        }
        SeekableByteChannel to = file.channel();
        try (FileSource old = partials.place().storage().openForReading(slot.target());
                ReadableByteChannel bytes = old.streamFrom(0)) {
            if (ByteCopy.copy(bytes, to, oldSize, this::goOn) < oldSize) {
                throw StorageException.of(Kind.BUSY, slot.target());
            }
        }
        to.position(start);
        copied = true;
    }

    private void goOn() throws StorageException {
        if (inVain.getAsBoolean()) {
            throw new StorageException(Kind.FAILED, slot.target() + ": aborted, nothing was changed");
        }
    }

    private final class Channel implements WritableByteChannel {

        @Override
        public int write(ByteBuffer source) throws IOException {
            copyOnce();
            return file.channel().write(source);
        }

        @Override
        public boolean isOpen() {
            return file.channel().isOpen();
        }

        @Override
        public void close() throws IOException {
            file.channel().close();
        }
    }
}
