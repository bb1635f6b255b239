package dev.zeroftpd.transfer.form;

import dev.zeroftpd.transfer.turn.Turn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A sink of bytes seen through a {@link Conversion}: what is written to it arrives converted, by turns. Used by one thread. */
public final class ConvertingSink implements WritableByteChannel {
    /** As large as the blocks of {@link ConvertingSource}. */
    private static final int BLOCK_BYTES = 64 * 1024;

    private final WritableByteChannel sink;
    private final Conversion conversion;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);

    /** Takes ownership of both. */
    public ConvertingSink(WritableByteChannel sink, Conversion conversion) {
        this.sink = sink;
        this.conversion = conversion;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = source.remaining();
        while (source.hasRemaining()) {
            Turn.current().take();
            conversion.convert(source, block);
            drain();
        }
        return count;
    }

    /**
     * Ends the stream well, and that of a further conversion behind this one. Without it, what arrives is visibly cut
     * short where the conversion can show that.
     */
    public void finish() throws IOException {
        boolean finished = false;
        while (!finished) {
            Turn.current().take();
            finished = conversion.finish(block);
            drain();
        }
        if (sink instanceof ConvertingSink next) {
            next.finish();
        }
    }

    private void drain() throws IOException {
        if (!(sink instanceof ConvertingSink)) {
            Turn.current().leave(); // a file may wait for its disk, a connection for its client
        }
        block.flip();
        while (block.hasRemaining()) {
            sink.write(block);
        }
        block.clear();
    }

    @Override
    public boolean isOpen() {
        return sink.isOpen();
    }

    /** Frees everything; does not {@link #finish()}. */
    @Override
    public void close() throws IOException {
        try (sink) {
            conversion.close();
        }
    }
}
