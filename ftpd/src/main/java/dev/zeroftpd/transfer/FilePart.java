package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/**
 * The first {@code size} bytes of an opened file, promised and sent as if they were all of it. Threads as
 * {@link FileSource} says.
 *
 * @param size bytes, 0 to the file's size
 */
public record FilePart(FileSource file, long size) implements FileSource {

    public FilePart {
        if (size < 0 || size > file.size()) {
            throw new IllegalArgumentException(size + " bytes of a file of " + file.size());
        }
    }

    @Override
    public Way way() {
        return file.way();
    }

    @Override
    public FileChannel fileChannel() {
        return file.fileChannel();
    }

    @Override
    public ReadableByteChannel streamFrom(long offset) throws IOException {
        return new PromisedBytes(file.streamFrom(offset), size - offset);
    }

    @Override
    public Change change() throws IOException {
        return file.change();
    }

    @Override
    public long waitsOfThisThread() {
        return file.waitsOfThisThread();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
