package dev.zeroftpd.transfer.form;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses for MODE Z: one zlib stream (RFC 1950) per transfer, with a valid checksum and nothing behind it. Used
 * by one thread. Writes no more than the caller's buffer takes, however much a few bytes expand to.
 */
public final class ModeZInflation implements Conversion {
    private static final byte[] NOTHING = {};

    private final Inflater inflater = new Inflater();

    @Override
    public void convert(ByteBuffer source, ByteBuffer target) throws IOException {
        try {
            while (source.hasRemaining() && target.hasRemaining() && !inflater.finished()) {
                inflater.setInput(source);
                inflate(target);
            }
            inflater.setInput(NOTHING); // the caller's buffer may hold something else at the next call
            if (target.hasRemaining() && !inflater.finished()) {
                inflate(target); // what an earlier call had no room for
            }
        } catch (DataFormatException e) {
            throw new DamagedStreamException("the compressed data is damaged", e);
        }
        if (inflater.finished() && source.hasRemaining()) {
            throw new DamagedStreamException("something follows the compressed data");
        }
    }

    private void inflate(ByteBuffer target) throws DataFormatException, DamagedStreamException {
        inflater.inflate(target);
        if (inflater.needsDictionary()) {
            throw new DamagedStreamException("the compressed data needs a dictionary");
        }
    }

    @Override
    public boolean finish(ByteBuffer target) throws IOException {
        convert(ByteBuffer.allocate(0), target);
        if (inflater.finished()) {
            return true;
        }
        if (target.hasRemaining()) {
            throw new DamagedStreamException("the compressed data ends too early");
        }
        return false;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
