package dev.zeroftpd.transfer.form;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Counts the bytes that TYPE A transmits for a text (RFC 3659, section 4), piece by piece, so that others get their turn
 * between the pieces. One thread at a time.
 */
public final class AsciiCount implements Closeable {

    private static final int BLOCK_BYTES = 64 * 1024;

    private final ConvertingSource text;
    private long transmitted;

    /** Counts the rest of {@code text}, and takes it over. */
    public AsciiCount(ReadableByteChannel text) {
        this.text = new ConvertingSource(text, new AsciiSending());
    }

    /**
     * Counts {@code bytes} more, and a block at most beyond.
     *
     * @return false if nothing is left
     */
    public boolean goOn(long bytes) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES); // the piece's: what waits for its turn holds none
        long enough = transmitted + bytes;
        while (transmitted < enough) {
            int step = text.read(block.clear());
            if (step < 0) {
                return false;
            }
            transmitted += step;
        }
        return true;
    }

    /** What was counted so far. */
    public long transmitted() {
        return transmitted;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
