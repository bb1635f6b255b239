package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.function.LongSupplier;

/** A real file opened as storage opens it, as far as the engine can tell. */
final class LocalFile implements FileSource {

    private final Path path;
    private final FileChannel channel;
    private final long size;
    private final FileTime modified;
    private final LongSupplier waits;
    private long waited;

    LocalFile(Path path) throws IOException {
        this(path, () -> 0);
    }

    /** As if the calling thread had waited for the disk {@code waits} times. */
    LocalFile(Path path, LongSupplier waits) throws IOException {
        this.path = path;
        this.waits = waits;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        this.size = channel.size();
        this.modified = Files.getLastModifiedTime(path);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Way way() {
        return Way.zeroCopy();
    }

    @Override
    public FileChannel fileChannel() {
        return channel;
    }

    @Override
    public ReadableByteChannel streamFrom(long offset) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ).position(offset);
    }

    @Override
    public Change change() throws IOException {
        long now = channel.size();
        if (now != size) {
            return now < size ? Change.SHRUNK : Change.GROWN;
        }
        return Files.getLastModifiedTime(path).equals(modified) ? Change.UNCHANGED : Change.TOUCHED;
    }

    @Override
    public long waitsOfThisThread() {
        return waits.getAsLong() + waited;
    }

    /** As if the thread had waited for the disk. */
    void waited() {
        waited++;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
