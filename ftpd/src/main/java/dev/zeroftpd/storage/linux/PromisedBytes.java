package dev.zeroftpd.storage.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/**
 * The bytes of an open file from one offset to the promised end, and not what is appended meanwhile. Used by one thread
 * at a time; closing it leaves the file open.
 */
final class PromisedBytes implements ReadableByteChannel {

    private final FileChannel file;
    private final long end;
    private long position;
    private boolean open = true;

    PromisedBytes(FileChannel file, long offset, long end) {
        this.file = file;
        this.position = offset;
        this.end = end;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        long left = end - position;
        if (left <= 0) {
            return -1;
        }
        int limit = target.limit();
        target.limit((int) Math.min(limit, target.position() + left));
        try {
            int read = file.read(target, position);
            position += Math.max(read, 0);
            return read;
        } finally {
            target.limit(limit);
        }
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
