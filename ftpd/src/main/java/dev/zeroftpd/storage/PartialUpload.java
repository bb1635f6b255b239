package dev.zeroftpd.storage;

import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.Outcome;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;

/** An upload that becomes visible at once when it is complete, by a rename. Used by one transfer. */
final class PartialUpload implements FileSink {

    private final PartialFiles partials;
    private final PartialFiles.Slot slot;
    private final WritableFile file;
    private final WritableByteChannel channel;
    private final long start;
    private final VirtualPath target;
    private final boolean mayReplace;

    /**
     * Takes over {@code slot} and {@code file}.
     *
     * @param file the opened partial
     * @param mayReplace whether a file that has the target's name by then gives way
     */
    PartialUpload(
            PartialFiles partials,
            PartialFiles.Slot slot,
            WritableFile file,
            long start,
            VirtualPath target,
            boolean mayReplace) {
        this.partials = partials;
        this.slot = slot;
        this.file = file;
        this.channel = new ReservingChannel(file, start);
        this.start = start;
        this.target = target;
        this.mayReplace = mayReplace;
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
    public boolean replaces() throws IOException {
        return mayReplace && partials.isTaken(target);
    }

    @Override
    public void complete() throws IOException {
        try (slot) {
            close();
            publish(mayReplace);
        }
    }

    /** Whether the name is free is the kernel's to say, in the step that takes it. */
    @Override
    public boolean completeIfNew() throws IOException {
        try (slot) {
            close();
            publish(false);
            return true;
        } catch (StorageException refused) {
            if (refused.kind() == StorageException.Kind.EXISTS) {
                return false;
            }
            throw refused;
        }
    }

    private void close() throws IOException {
        try (file) {
            if (partials.settings().fsync()) {
                file.force();
            }
        }
    }

    /** Somebody may have taken the name, the directory or the permission meanwhile: then what came can be resumed. */
    private void publish(boolean replacing) throws IOException {
        try {
            partials.publish(slot, target, replacing);
        } catch (StorageException refused) {
            IOException shown = shown(refused);
            try {
                partials.keep(slot);
            } catch (IOException goneAsWell) {
                shown.addSuppressed(goneAsWell);
            }
            throw shown;
        }
    }

    /** The partial's name is nobody's business; whether it was for lack of permission, the engine sees by the type. */
    private IOException shown(StorageException refused) {
        StorageException ofTarget = StorageException.of(refused.kind(), target, refused);
        if (refused.kind() != StorageException.Kind.NOT_PERMITTED) {
            return ofTarget;
        }
        IOException denied = new AccessDeniedException(target.text(), null, ofTarget.getMessage());
        denied.initCause(refused);
        return denied;
    }

    /** What filled the disk is given back at once: nobody could write anything else until it expires. */
    @Override
    public void interrupt(Outcome why) throws IOException {
        boolean useless = why instanceof Outcome.DiskFull || why instanceof Outcome.QuotaExceeded;
        try (slot) {
            try (file) {
                useless |= file.channel().size() == 0;
            }
            if (useless) {
                partials.drop(slot);
            } else {
                partials.keep(slot);
            }
        }
    }
}
