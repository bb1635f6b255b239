package dev.zeroftpd.command;

import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.function.BooleanSupplier;

/** Hashes a part of an open file. One thread. */
final class FileHash {

    /** Larger ones are not faster: the hash is what takes the time. */
    private static final int BUFFER_BYTES = 128 * 1024;

    private FileHash() {}

    /**
     * The hash in hexadecimal digits.
     *
     * @param from offset of the first byte
     * @param to offset behind the last byte, at most the file's size
     * @param abandoned asked now and then; true ends the work by an exception
     */
    static String compute(FileSource source, long from, long to, HashAlgorithm algorithm, BooleanSupplier abandoned)
            throws IOException {
        HashAlgorithm.Running running = algorithm.start();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        long left = to - from;
        try (ReadableByteChannel bytes = source.streamFrom(from)) {
            while (left > 0) {
                buffer.clear().limit((int) Math.min(left, BUFFER_BYTES));
                int read = bytes.read(buffer);
                if (read < 0 || abandoned.getAsBoolean()) {
                    throw new IOException(read < 0 ? "the file got shorter meanwhile" : "aborted");
                }
                running.update(buffer.flip());
                left -= read;
            }
        }
        if (source.change() == FileSource.Change.TOUCHED || source.change() == FileSource.Change.SHRUNK) {
            throw new IOException("the file changed meanwhile");
        }
        return running.finish();
    }
}
