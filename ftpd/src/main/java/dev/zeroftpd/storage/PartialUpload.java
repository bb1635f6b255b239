package dev.zeroftpd.storage;

import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.Outcome;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

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
    public void complete() throws IOException {
        try (slot) {
            try (file) {
                if (partials.settings().fsync()) {
                    file.force();
                }
            }
            partials.publish(slot, target, mayReplace);
        }
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
