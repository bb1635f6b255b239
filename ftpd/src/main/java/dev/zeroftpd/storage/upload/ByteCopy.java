package dev.zeroftpd.storage.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Copies bytes from file to file through this process. Stateless; any thread. */
final class ByteCopy {

    /** Larger ones don't make it faster: the pages are in the cache, or the disk is what it waits for. */
    private static final int BUFFER_BYTES = 256 * 1024;

    private ByteCopy() {}

    /** Asked between two buffers; throws to end the copy. */
    @FunctionalInterface
    interface Check {
        void goOn() throws IOException;
    }

    /**
     * Copies up to {@code most} bytes.
     *
     * @return how many there were: fewer only where {@code from} has ended
     */
    static long copy(ReadableByteChannel from, WritableByteChannel to, long most, Check check) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Math.clamp(most, 1, BUFFER_BYTES));
        long left = most;
        while (left > 0) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), left));
            int read = from.read(buffer);
            if (read < 0) {
                break;
            }
            check.goOn();
            buffer.flip();
            while (buffer.hasRemaining()) {
                to.write(buffer);
            }
            left -= read;
        }
        return most - left;
    }
}
