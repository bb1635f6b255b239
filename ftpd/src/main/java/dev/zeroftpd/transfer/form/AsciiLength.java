package dev.zeroftpd.transfer.form;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;

/**
 * Relates a local text's bytes to those that TYPE A transmits, which is what REST counts (RFC 3659, section 5.3). Any
 * thread; each call reads its channel on the caller's thread.
 */
public final class AsciiLength {
    /**
     * The most to count for one command: reading this much takes about 50 ms, and clients don't restart longer texts in
     * TYPE A.
     */
    private static final long MOST_COUNTED_BYTES = 64L * 1024 * 1024;

    private static final int BLOCK_BYTES = 64 * 1024;

    private AsciiLength() {}

    /** True if counting this many bytes of a text would take too long. */
    public static boolean isTooMuch(long bytes) {
        return bytes > MOST_COUNTED_BYTES;
    }

    /**
     * How many local bytes stand for the first {@code transmitted} bytes; empty if the text is shorter, or if the offset
     * falls between the CR and the LF of one line end, where no local byte begins.
     */
    public static OptionalLong localOffset(ReadableByteChannel text, long transmitted) throws IOException {
        ByteBuffer source = ByteBuffer.allocateDirect(BLOCK_BYTES).flip();
        ByteBuffer target = ByteBuffer.allocateDirect(BLOCK_BYTES);
        AsciiSending conversion = new AsciiSending();
        long left = transmitted;
        long local = 0;
        while (left > 0) {
            if (!source.hasRemaining()) {
                if (text.read(source.clear()) < 0) {
                    return OptionalLong.empty();
                }
                source.flip();
            }
            int start = source.position();
            target.clear().limit((int) Math.min(left, target.capacity()));
            conversion.convert(source, target);
            local += source.position() - start;
            left -= target.position();
        }
        return conversion.insideLineEnd() ? OptionalLong.empty() : OptionalLong.of(local);
    }
}
