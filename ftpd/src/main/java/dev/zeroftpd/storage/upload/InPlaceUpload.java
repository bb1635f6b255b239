package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * An upload that writes straight into the named file: one that changes an existing file, and with
 * {@code upload.mode=direct} every upload. Used by one transfer.
 *
 * @param start where the first byte goes
 * @param fsync whether complete means on the disk
 * @param remark why it is not written aside, where the client may have expected that; else empty
 * @param isNew whether there was no such file before
 */
record InPlaceUpload(
        WritableFile file, ActiveUploads.Hold hold, long start, boolean fsync, String remark, boolean isNew)
        implements FileSink {

    @Override
    public SeekableByteChannel channel() {
        return file.channel();
    }

    @Override
    public boolean replaces() {
        return false;
    }

    @Override
    public void complete() throws IOException {
        try (hold;
                file) {
            if (fsync) {
                file.force();
            }
            file.requireNamed();
        }
    }

    @Override
    public boolean completeIfNew() throws IOException {
        complete();
        return isNew;
    }

    @Override
    public void interrupt(Outcome why) throws IOException {
        try (hold) {
            file.close();
        }
    }
}
