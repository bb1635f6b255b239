package dev.zeroftpd.storage.provider;

import dev.zeroftpd.transfer.FileSource;
import dev.zeroftpd.transfer.result.TransferPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** A regular file opened through {@link ProviderStorage}. Used by one thread at a time; any may close it. */
final class ProviderFileSource implements FileSource {

    private final Path file;
    private final BasicFileAttributes atOpening;
    private final SeekableByteChannel channel;
    private final long size;
    private final TransferPath path;

    ProviderFileSource(Path file, BasicFileAttributes atOpening, SeekableByteChannel channel, TransferPath path)
            throws IOException {
        this.file = file;
        this.atOpening = atOpening;
        this.channel = channel;
        this.size = channel.size();
        this.path = path;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public TransferPath path() {
        return path;
    }

    @Override
    public FileChannel fileChannel() {
        if (path instanceof TransferPath.ZeroCopy && channel instanceof FileChannel local) {
            return local;
        }
        throw new IllegalStateException("this file is " + path.describe());
    }

    @Override
    public ReadableByteChannel streamFrom(long offset) throws IOException {
        channel.position(offset);
        return new Promised(size - offset);
    }

    @Override
    public Change change() throws IOException {
        long now = channel.size();
        if (now != size) {
            return now > size ? Change.GROWN : Change.SHRUNK;
        }
        BasicFileAttributes named;
        try {
            named = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException removed) {
            return Change.UNCHANGED;
        }
        Object key = atOpening.fileKey();
        if (key != null && !key.equals(named.fileKey())) {
            // Another file has the name by now; ours is no longer to be seen.
            return Change.UNCHANGED;
        }
        return named.lastModifiedTime().equals(atOpening.lastModifiedTime()) ? Change.UNCHANGED : Change.TOUCHED;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Reads on from the channel's position, up to the promised end. */
    private final class Promised implements ReadableByteChannel {

        private long left;
        private boolean open = true;

        Promised(long left) {
            this.left = left;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int limit = target.limit();
            target.limit((int) Math.min(limit, target.position() + left));
            try {
                int read = channel.read(target);
                left -= Math.max(read, 0);
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
}
