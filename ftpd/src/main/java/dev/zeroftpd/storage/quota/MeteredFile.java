package dev.zeroftpd.storage.quota;

import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * An open file that takes room from its home before it gets longer. Used by one thread at a time; only that its name is gone may
 * come from another.
 */
final class MeteredFile extends ForwardingFile implements SizedChannel.Growth {

    private final HomeUsage usage;
    private final QuotaLimits limits;
    private final VirtualPath path;
    private final SizedChannel channel;

    /** Guarded by what the home knows of its writers. */
    private boolean nameless;

    private boolean closed;

    /** Takes over {@code file}, and counts from the length that it has now. */
    MeteredFile(WritableFile file, VirtualPath path, HomeUsage usage, QuotaLimits limits) throws IOException {
        super(file);
        this.path = path;
        this.usage = usage;
        this.limits = limits;
        this.channel = new SizedChannel(file.channel(), this);
        usage.begins(this);
    }

    @Override
    public SeekableByteChannel channel() {
        return channel;
    }

    @Override
    public void requireRoomUpTo(long end) throws StorageException {
        if (end > channel.length()) {
            usage.requireRoom(path, end - channel.length(), limits);
        }
        super.requireRoomUpTo(end);
    }

    /** All of it is taken at once, so that no other upload can have it when a part has been written. */
    @Override
    public void requireSpace(long offset, long count) throws StorageException {
        channel.hold(offset + count);
        super.requireSpace(offset, count);
    }

    @Override
    public void ask(long from, long to) throws StorageException {
        usage.takeBytes(path, to - from, limits);
    }

    @Override
    public void correct(long from, long to) {
        usage.giveBackBytes(from - to);
    }

    /** Bytes that it takes. Any thread. */
    long length() {
        return channel.length();
    }

    /** It was deleted, or another file has its name: what it has is gone when it is closed. */
    void hasLostItsName() {
        nameless = true;
    }

    /** What is known of the file ends before it is closed: then another one may get its number. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            channel.release();
            usage.ends(this, path, () -> {
                if (nameless) {
                    usage.giveBackBytes(channel.length());
                }
            });
        }
        super.close();
    }
}
