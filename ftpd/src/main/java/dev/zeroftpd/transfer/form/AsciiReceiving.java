package dev.zeroftpd.transfer.form;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Converts what TYPE A receives to local text: CRLF becomes LF (RFC 959, section 3.1.1.1). Used by one thread.
 *
 * <p>A CR without LF is data and stays, as does an LF without CR: nothing but line ends is changed.
 */
public final class AsciiReceiving implements Conversion {
    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final long CRS = AsciiWords.repeat(CR);

    /** A CR was taken from the source, and what follows it decides whether it is written. */
    private boolean pendingCr;

    @Override
    public void convert(ByteBuffer source, ByteBuffer target) {
        while (source.hasRemaining() && target.hasRemaining()) {
            if (pendingCr) {
                settleCr(source, target);
            } else {
                convertWords(source, target);
                convertByte(source, target);
            }
        }
    }

    private void settleCr(ByteBuffer source, ByteBuffer target) {
        pendingCr = false;
        if (source.get(source.position()) != LF) {
            target.put(CR);
        }
    }

    /** Eight bytes a step, until less than that is left on either side or a CR is the last byte known. */
    private static void convertWords(ByteBuffer source, ByteBuffer target) {
        ByteBuffer in = source.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer out = target.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int from = in.position();
        int to = out.position();
        int lastFrom = in.limit() - Long.BYTES - 1; // the byte behind a CR is looked at as well
        int lastTo = out.limit() - Long.BYTES;
        while (from <= lastFrom && to <= lastTo) {
            long word = in.getLong(from);
            out.putLong(to, word); // what is behind a CR is overwritten by the next step
            long matches = AsciiWords.matches(word, CRS);
            if (matches == 0) {
                from += Long.BYTES;
                to += Long.BYTES;
            } else {
                int index = AsciiWords.firstIndex(matches);
                boolean lineEnd = in.get(from + index + 1) == LF;
                from += index + 1;
                to += lineEnd ? index : index + 1;
            }
        }
        source.position(from);
        target.position(to);
    }

    private void convertByte(ByteBuffer source, ByteBuffer target) {
        if (source.hasRemaining() && target.hasRemaining()) {
            byte next = source.get();
            if (next == CR) {
                pendingCr = true;
            } else {
                target.put(next);
            }
        }
    }

    @Override
    public boolean finish(ByteBuffer target) {
        if (pendingCr) {
            if (!target.hasRemaining()) {
                return false;
            }
            target.put(CR);
            pendingCr = false;
        }
        return true;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
