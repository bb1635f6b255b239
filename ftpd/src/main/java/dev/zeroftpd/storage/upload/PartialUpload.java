package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.upload.Publishing.Publication;
import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/** An upload that becomes visible in one step when it is complete. Used by one transfer. */
final class PartialUpload implements FileSink {

    private final PartialFiles partials;
    private final Slot slot;
    private final WritableFile file;
    private final WritableByteChannel channel;
    private final long start;
    private final Publication publication;
    private final Holds kept = new Holds();

    /** From then on the partial is no longer this upload's: it has its name, or is kept as a broken one. */
    private boolean published;

    private Optional<String> otherName = Optional.empty();

    /**
     * Takes over {@code slot} and {@code file}.
     *
     * @param file the opened partial
     */
    PartialUpload(PartialFiles partials, Slot slot, WritableFile file, long start, Publication publication) {
        this.partials = partials;
        this.slot = slot;
        this.file = file;
        this.channel = new ReservingChannel(file, start);
        this.start = start;
        this.publication = publication;
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
    public void requireRoom(long count) throws IOException {
        try {
            file.requireRoomUpTo(start + count);
        } catch (StorageException tooMuch) {
            throw StorageException.about(slot.target(), tooMuch);
        }
    }

    @Override
    public boolean replaces() throws IOException {
        return publication == Publication.REPLACE && partials.isTaken(slot.target());
    }

    @Override
    public Optional<String> whole() throws IOException {
        return partials.place().pathForPrograms(file, slot.target(), kept);
    }

    @Override
    public void complete() throws IOException {
        publish(publication);
    }

    /** The kernel decides whether the name is free, in the same step that takes it. */
    @Override
    public boolean completeIfNew() throws IOException {
        try {
            publish(publication == Publication.BESIDE ? publication : Publication.ONLY_NEW);
            return true;
        } catch (StorageException refused) {
            if (refused.kind() == StorageException.Kind.EXISTS) {
                return false;
            }
            throw refused;
        }
    }

    @Override
    public Optional<String> otherName() {
        return otherName;
    }

    /** The name may be taken by now, or the directory or the permission gone: then the upload can be resumed. */
    private void publish(Publication how) throws IOException {
        published = true;
        try (kept;
                slot;
                file) {
            finish();
            VirtualPath named = partials.publish(slot, file, how);
            otherName = named.equals(slot.target()) ? Optional.empty() : Optional.of(named.text());
        } catch (StorageException refused) {
            throw StorageException.about(slot.target(), refused);
        }
    }

    /** Where the bytes can't be brought to the disk, the upload is a broken one. */
    private void finish() throws IOException {
        try {
            if (partials.settings().fsync()) {
                file.force();
            }
            file.finish();
        } catch (IOException failed) {
            partials.keep(slot);
            throw failed;
        }
    }

    /**
     * An upload that filled the disk is deleted at once: otherwise no upload could write until it expires. A complete one
     * that only lacked room for its copy is kept.
     */
    @Override
    public void interrupt(Outcome why) throws IOException {
        if (published) {
            return;
        }
        boolean useless = why instanceof Outcome.DiskFull || why instanceof Outcome.QuotaExceeded;
        try (kept;
                slot) {
            try (file) {
                useless |= file.channel().size() == 0;
            }
            if (why instanceof Outcome.Rejected) {
                partials.dropUnlessGone(slot); // the program may have moved it away
            } else if (useless) {
                partials.drop(slot);
            } else {
                partials.keep(slot);
            }
        }
    }
}
