package dev.zeroftpd.transfer.form;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Turns one stream of bytes into another, block by block. Used by one thread; belongs to one transfer.
 *
 * <p>{@link ConvertingSource} pulls a stream through it, {@link ConvertingSink} pushes one.
 */
public interface Conversion extends AutoCloseable {

    /**
     * Converts from {@code source} into {@code target} until one of them has no more to give. May keep some bytes for
     * later. Leaves nothing in {@code source} as long as {@code target} has room.
     *
     * @throws DamagedStreamException if {@code source} is not in the form that it must have
     */
    void convert(ByteBuffer source, ByteBuffer target) throws IOException;

    /**
     * Writes what was kept, after the last byte of the source was converted. True when all is written; else it is called
     * again with more room.
     *
     * @throws DamagedStreamException if the source may not end here
     */
    boolean finish(ByteBuffer target) throws IOException;

    /** Frees native memory. Idempotent. */
    @Override
    void close();
}
