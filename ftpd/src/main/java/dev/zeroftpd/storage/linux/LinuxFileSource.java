package dev.zeroftpd.storage.linux;

import dev.zeroftpd.os.Descriptor;
import dev.zeroftpd.os.FileStatus;
import dev.zeroftpd.os.LinuxFiles;
import dev.zeroftpd.os.ThreadWaits;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.transfer.FileSource;
import dev.zeroftpd.transfer.PromisedBytes;
import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/**
 * A regular file opened through {@link LinuxStorage}. Used by one thread at a time; any may close it.
 *
 * <p>Besides the channel it keeps the descriptor by which the file was found, because a {@link FileChannel} can't tell its
 * file's modification time.
 */
final class LinuxFileSource implements FileSource {

    private final VirtualPath name;
    private final Descriptor found;
    private final FileStatus atOpening;
    private final FileChannel channel;
    private final Way way;

    LinuxFileSource(VirtualPath name, Descriptor found, FileStatus atOpening, FileChannel channel, Way way) {
        this.name = name;
        this.found = found;
        this.atOpening = atOpening;
        this.channel = channel;
        this.way = way;
    }

    /** Files of procfs and the like say that they have no bytes, and have some: sending none would be no success. */
    static void requireEmpty(FileChannel channel, Descriptor found, VirtualPath path) throws IOException {
        boolean more = channel.read(ByteBuffer.allocate(1), 0) > 0;
        if (more && LinuxMetadata.known(LinuxFiles.status(found), path).size() == 0) {
            channel.close();
            throw new StorageException(Kind.UNSUPPORTED, path + ": its length is not known before it is read");
        }
    }

    @Override
    public long size() {
        return atOpening.size();
    }

    @Override
    public Way way() {
        return way;
    }

    @Override
    public FileChannel fileChannel() {
        if (way instanceof Way.Streamed) {
            throw new IllegalStateException("this file is " + way.describe());
        }
        return channel;
    }

    @Override
    public ReadableByteChannel streamFrom(long offset) {
        return PromisedBytes.of(channel, offset, size() - offset);
    }

    @Override
    public Change change() throws IOException {
        FileStatus now = LinuxMetadata.known(LinuxFiles.status(found), name);
        if (now.size() != atOpening.size()) {
            return now.size() > atOpening.size() ? Change.GROWN : Change.SHRUNK;
        }
        return now.mayHaveBeenWrittenSince(atOpening) ? Change.TOUCHED : Change.UNCHANGED;
    }

    @Override
    public long waitsOfThisThread() {
        return ThreadWaits.count();
    }

    @Override
    public void close() throws IOException {
        found.close();
        channel.close();
    }
}
