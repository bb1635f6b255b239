package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.transfer.FileSource;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import org.apache.ftpserver.ftplet.FtpFile;

/**
 * A file of a file system that the embedder wrote, for sending. Used by one transfer, one thread at a time.
 *
 * <p>Such a file has no open form that could be asked: its name is asked again at the end.
 */
public final class ForeignFileSource implements FileSource {

    private final FtpFile file;
    private final long size;
    private final long modified;

    private ForeignFileSource(FtpFile file) {
        this.file = file;
        this.size = file.getSize();
        this.modified = file.getLastModified();
    }

    /**
     * Asks what the embedder's file promises.
     *
     * @throws StorageException NOT_FOUND, NOT_A_FILE, NOT_PERMITTED
     */
    public static ForeignFileSource open(FtpFile file) throws StorageException {
        if (!file.doesExist()) {
            throw failure(StorageException.Kind.NOT_FOUND, file);
        }
        if (!file.isFile()) {
            throw failure(StorageException.Kind.NOT_A_FILE, file);
        }
        if (!file.isReadable()) {
            throw failure(StorageException.Kind.NOT_PERMITTED, file);
        }
        return new ForeignFileSource(file);
    }

    private static StorageException failure(StorageException.Kind kind, FtpFile file) {
        return new StorageException(kind, file.getAbsolutePath() + ": " + kind.text());
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Way way() {
        return Way.streamed(StreamReason.FOREIGN_FILE);
    }

    @Override
    public FileChannel fileChannel() {
        throw new IllegalStateException("this file is " + way().describe());
    }

    @Override
    public ReadableByteChannel streamFrom(long offset) throws IOException {
        InputStream bytes = file.createInputStream(offset);
        return Channels.newChannel(bytes);
    }

    @Override
    public Change change() {
        long now = file.getSize();
        if (now != size) {
            return now > size ? Change.GROWN : Change.SHRUNK;
        }
        return file.getLastModified() == modified ? Change.UNCHANGED : Change.TOUCHED;
    }

    /** Nothing is open but what {@link #streamFrom} gave away. */
    @Override
    public void close() {}
}
