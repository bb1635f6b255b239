package dev.zeroftpd.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Knows how many bytes went through it, also when a write has failed. Used by one thread; closing it closes nothing else. */
public final class CountingChannel implements WritableByteChannel {

    private final WritableByteChannel channel;
    private long count;

    public CountingChannel(WritableByteChannel channel) {
        this.channel = channel;
    }

    public long count() {
        return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int written = channel.write(source);
        count += written;
        return written;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        // the file is closed where it was opened
    }
}
