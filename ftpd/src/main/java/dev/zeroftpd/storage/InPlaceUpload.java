package dev.zeroftpd.storage;

import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.Outcome;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * An upload that writes the client's file itself: one that changes what exists, and all with
 * {@code upload.mode=direct}. Used by one transfer.
 *
 * @param start where the first byte goes
 * @param fsync whether complete means on the disk
 */
record InPlaceUpload(WritableFile file, ActiveUploads.Hold hold, long start, boolean fsync) implements FileSink {

    @Override
    public SeekableByteChannel channel() {
        return file.channel();
    }

    @Override
    public void complete() throws IOException {
        try (hold;
                file) {
            if (fsync) {
                file.force();
            }
        }
    }

    @Override
    public void interrupt(Outcome why) throws IOException {
        try (hold) {
            file.close();
        }
    }
}
