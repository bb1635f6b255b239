package dev.zeroftpd.storage.quota;

import dev.zeroftpd.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * A file's channel that asks before the file gets longer, and tells what became of it. Used by one thread at a time.
 *
 * <p>It knows position and length itself: asking the kernel before each write would cost two system calls.
 */
final class SizedChannel implements SeekableByteChannel {

    private final SeekableByteChannel channel;
    private final Growth growth;
    private long position;
    private long size;

    /** What {@link Growth} was asked for: at least {@link #size}. Any thread may read it. */
    private volatile long held;

    /** Who decides. */
    interface Growth {

        /**
         * The file is about to get longer.
         *
         * @param from bytes that it has
         * @param to bytes that it would have
         * @throws StorageException if that is too much: then nothing is written
         */
        void ask(long from, long to) throws StorageException;

        /**
         * It has another length than {@link #ask} was told, or got shorter.
         *
         * @param from what was told last
         * @param to what it is
         */
        void correct(long from, long to);
    }

    SizedChannel(SeekableByteChannel channel, Growth growth) throws IOException {
        this.channel = channel;
        this.growth = growth;
        this.position = channel.position();
        this.size = channel.size();
        this.held = size;
    }

    /** Bytes of the file, as far as this channel wrote it, and those that it may get without another question. Any thread. */
    long length() {
        return held;
    }

    /**
     * Asks now for all that is to be written.
     *
     * @throws StorageException if that is too much: then nothing is held
     */
    void hold(long end) throws StorageException {
        if (end > held) {
            growth.ask(held, end);
            held = end;
        }
    }

    /** Gives back what was asked for and not written. */
    void release() {
        hasLength(size);
    }

    private void hasLength(long length) {
        long before = held;
        if (length < before) {
            held = length;
            growth.correct(before, length);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        long before = held;
        hold(position + source.remaining());
        int count = 0;
        try {
            count = channel.write(source);
        } finally {
            position += count;
            size = Math.max(size, position);
            hasLength(Math.max(before, size));
        }
        return count;
    }

    @Override
    public SizedChannel truncate(long length) throws IOException {
        channel.truncate(length);
        position = Math.min(position, length);
        size = Math.min(size, length);
        hasLength(length);
        return this;
    }

    @Override
    public SizedChannel position(long newPosition) throws IOException {
        channel.position(newPosition);
        position = newPosition;
        return this;
    }

    @Override
    public long position() {
        return position;
    }

    /** What the file system says: other programs may write to it too. */
    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = channel.read(target);
        position += Math.max(0, count);
        return count;
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
