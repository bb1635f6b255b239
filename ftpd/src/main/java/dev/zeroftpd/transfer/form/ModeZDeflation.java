package dev.zeroftpd.transfer.form;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/** Compresses for MODE Z: one zlib stream (RFC 1950) per transfer. Used by one thread. */
public final class ModeZDeflation implements Conversion {
    public static final int LOWEST_LEVEL = 0;
    public static final int HIGHEST_LEVEL = 9;

    /** What zlib itself takes as the balance of speed and size. */
    public static final int DEFAULT_LEVEL = 6;

    private static final byte[] NOTHING = {};

    private final Deflater deflater;

    /**
     * @param level {@value #LOWEST_LEVEL} (stored) to {@value #HIGHEST_LEVEL} (smallest)
     * @throws IllegalArgumentException if it is outside
     */
    public ModeZDeflation(int level) {
        this.deflater = new Deflater(level);
    }

    @Override
    public void convert(ByteBuffer source, ByteBuffer target) {
        while (source.hasRemaining() && target.hasRemaining()) {
            deflater.setInput(source);
            deflater.deflate(target);
        }
        deflater.setInput(NOTHING); // the caller's buffer may hold something else when finish() comes
    }

    @Override
    public boolean finish(ByteBuffer target) {
        deflater.finish();
        while (!deflater.finished() && target.hasRemaining()) {
            deflater.deflate(target);
        }
        return deflater.finished();
    }

    @Override
    public void close() {
        deflater.end();
    }
}
