package dev.zeroftpd.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;

/**
 * A fixed number of bytes from a channel: a file that grows meanwhile still ends where it was promised to. One thread.
 */
public final class PromisedBytes implements ReadableByteChannel {

    private final ReadableByteChannel channel;
    private long missing;

    PromisedBytes(ReadableByteChannel channel, long promised) {
        this.channel = channel;
        this.missing = promised;
    }

    /** Bytes of an open file from {@code offset} on. Neither its position nor its end matter; closing leaves it open. */
    public static PromisedBytes of(FileChannel file, long offset, long promised) {
        return new PromisedBytes(new Positioned(file, offset), promised);
    }

    /** The same for any channel: moves its position; closing leaves it open. */
    public static PromisedBytes from(SeekableByteChannel channel, long offset, long promised) throws IOException {
        return new PromisedBytes(new LeftOpen(channel.position(offset)), promised);
    }

    /** Reads a channel that is another's to close. */
    private static final class LeftOpen implements ReadableByteChannel {

        private final ReadableByteChannel channel;
        private boolean open = true;

        LeftOpen(ReadableByteChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return channel.read(target);
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }

    /** Reads on from a place of its own. */
    private static final class Positioned implements ReadableByteChannel {

        private final FileChannel file;
        private long position;
        private boolean open = true;

        Positioned(FileChannel file, long position) {
            this.file = file;
            this.position = position;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int count = file.read(target, position);
            position += Math.max(0, count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }

    /** Promised bytes not read yet; more than 0 at the end means that the channel ended early. */
    long missing() {
        return missing;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (missing <= 0) {
            return -1;
        }
        int limit = target.limit();
        target.limit((int) Math.min(limit, target.position() + missing));
        try {
            int count = channel.read(target);
            missing -= Math.max(0, count);
            return count;
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
