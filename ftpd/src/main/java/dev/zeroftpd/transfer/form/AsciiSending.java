package dev.zeroftpd.transfer.form;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Converts local text to the form that TYPE A sends: each line ends with CRLF (RFC 959, section 3.1.1.1). Used by one
 * thread.
 *
 * <p>A line end that is CRLF already stays as it is, as ProFTPD and vsftpd do: such files exist, and {@code CR CR LF}
 * would be wrong for every client.
 */
public final class AsciiSending implements Conversion {
    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final long LFS = AsciiWords.repeat(LF);

    private boolean afterCr;

    /** The CR of a line end is written, and its LF is not because the target is full. */
    private boolean insideLineEnd;

    boolean insideLineEnd() {
        return insideLineEnd;
    }

    @Override
    public void convert(ByteBuffer source, ByteBuffer target) {
        convertWords(source, target);
        convertBytes(source, target);
    }

    /** Eight bytes a step, until less than that is left on either side. */
    private void convertWords(ByteBuffer source, ByteBuffer target) {
        ByteBuffer in = source.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer out = target.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int from = in.position();
        int to = out.position();
        int lastFrom = in.limit() - Long.BYTES;
        int lastTo = out.limit() - Long.BYTES - 1; // a word may grow by one CR
        boolean cr = afterCr;
        while (from <= lastFrom && to <= lastTo) {
            long word = in.getLong(from);
            out.putLong(to, word); // what is behind a line end is overwritten by the next step
            long matches = AsciiWords.matches(word, LFS);
            if (matches == 0) {
                from += Long.BYTES;
                to += Long.BYTES;
                cr = word >>> (Long.SIZE - Byte.SIZE) == CR;
            } else {
                int index = AsciiWords.firstIndex(matches);
                boolean hasCr = index == 0 ? cr : out.get(to + index - 1) == CR;
                from += index + 1;
                to += index;
                if (!hasCr) {
                    out.put(to++, CR);
                }
                out.put(to++, LF);
                cr = false;
            }
        }
        afterCr = cr;
        insideLineEnd &= from == source.position();
        source.position(from);
        target.position(to);
    }

    private void convertBytes(ByteBuffer source, ByteBuffer target) {
        while (source.hasRemaining() && target.hasRemaining()) {
            byte next = source.get(source.position());
            if (next == LF && !afterCr) {
                target.put(CR); // the LF follows in the next step, which may be in the next block
                afterCr = true;
                insideLineEnd = true;
            } else {
                target.put(next);
                source.position(source.position() + 1);
                afterCr = next == CR;
                insideLineEnd = false;
            }
        }
    }

    @Override
    public boolean finish(ByteBuffer target) {
        return true;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
