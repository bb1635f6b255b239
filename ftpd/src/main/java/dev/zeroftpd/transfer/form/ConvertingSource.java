package dev.zeroftpd.transfer.form;

import dev.zeroftpd.transfer.turn.Turn;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A source of bytes seen through a {@link Conversion}: what is read from here was converted, by turns. Used by one thread. */
final class ConvertingSource implements ReadableByteChannel {
    /** zlib's window is 32 KiB; twice that keeps calls rare without costing an idle transfer much. */
    private static final int BLOCK_BYTES = 64 * 1024;

    private final ReadableByteChannel source;
    private final Conversion conversion;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES).flip();
    private boolean sourceEnded;
    private boolean finished;

    /** Takes ownership of both. */
    ConvertingSource(ReadableByteChannel source, Conversion conversion) {
        this.source = source;
        this.conversion = conversion;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int start = target.position();
        while (target.position() == start && target.hasRemaining() && !finished) {
            Turn.current().take();
            if (sourceEnded && !block.hasRemaining()) {
                finished = conversion.finish(target);
            } else {
                conversion.convert(block, target);
                if (target.position() == start) {
                    fill();
                }
            }
        }
        int count = target.position() - start;
        return count == 0 && finished ? -1 : count;
    }

    /**
     * Converts and drops bytes, as a restart at an offset of the converted stream demands (RFC 3659, section 5.3).
     *
     * @throws EOFException if the converted stream is shorter
     */
    void skip(long count) throws IOException {
        ByteBuffer dropped = ByteBuffer.allocate((int) Math.min(count, BLOCK_BYTES));
        long left = count;
        while (left > 0) {
            dropped.clear().limit((int) Math.min(left, dropped.capacity()));
            int step = read(dropped);
            if (step < 0) {
                throw new EOFException("the stream ends " + left + " bytes before the offset");
            }
            left -= step;
        }
    }

    private void fill() throws IOException {
        if (!(source instanceof ConvertingSource)) {
            Turn.current().leave(); // a file may wait for its disk
        }
        block.compact();
        sourceEnded = source.read(block) < 0;
        block.flip();
    }

    @Override
    public boolean isOpen() {
        return source.isOpen();
    }

    @Override
    public void close() throws IOException {
        try (source) {
            conversion.close();
        }
    }
}
