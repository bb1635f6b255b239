package dev.zeroftpd.command.hash;

import dev.zeroftpd.transfer.FileSource;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Hashes a part of an open file, piece by piece, and closes it in the end. One thread at a time. */
final class FileHash implements Closeable {

    /** Larger ones are not faster: the hash is what takes the time. */
    private static final int BUFFER_BYTES = 128 * 1024;

    /**
     * A few milliseconds of a core: short enough for others to wait for, long enough to make switching between files
     * cheap.
     */
    private static final long PIECE_BYTES = 8L * 1024 * 1024;

    private final FileSource source;
    private final HashAlgorithm.Running running;
    private final long to;
    private long left;
    private @Nullable ReadableByteChannel bytes;

    /**
     * Takes over {@code source}.
     *
     * @param from offset of the first byte
     * @param to offset behind the last byte, at most the file's size
     */
    FileHash(FileSource source, long from, long to, HashAlgorithm algorithm) {
        this.source = source;
        this.running = algorithm.start();
        this.to = to;
        this.left = to - from;
    }

    /**
     * Hashes the next piece. The buffer is the piece's, so that those who wait for their turn hold none.
     *
     * @param abandoned asked now and then; true ends the work by an exception
     * @return false if nothing is left
     * @throws NoHashException if the file got shorter, or the work is abandoned
     */
    boolean goOn(BooleanSupplier abandoned) throws IOException {
        ReadableByteChannel channel = bytes == null ? source.streamFrom(to - left) : bytes;
        bytes = channel;
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(left, BUFFER_BYTES));
        long pieceEnd = Math.max(0, left - PIECE_BYTES);
        while (left > pieceEnd) {
            buffer.clear().limit((int) Math.min(left, buffer.capacity()));
            int read = channel.read(buffer);
            if (read < 0 || abandoned.getAsBoolean()) {
                throw new NoHashException(read < 0 ? "the file got shorter meanwhile" : "aborted");
            }
            running.update(buffer.flip());
            left -= read;
        }
        return left > 0;
    }

    /**
     * The hash in hexadecimal digits. Closes the file.
     *
     * @throws NoHashException if the file is not what it was when it was opened
     */
    String finish() throws IOException {
        try (this) {
            FileSource.Change change = source.change();
            if (change == FileSource.Change.TOUCHED || change == FileSource.Change.SHRUNK) {
                throw new NoHashException("the file changed meanwhile");
            }
            return running.finish();
        }
    }

    @Override
    public void close() throws IOException {
        try (source) {
            if (bytes != null) {
                bytes.close();
            }
        }
    }
}
