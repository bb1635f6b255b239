package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import org.apache.ftpserver.ftplet.FtpFile;

/**
 * A file of a file system that the embedder wrote, for receiving. Used by one transfer, one thread at a time.
 *
 * <p>What becomes of a broken upload is for the embedder to decide: the stream is closed either way.
 */
public final class ForeignFileSink implements FileSink {

    private final OutputStream stream;
    private final WritableByteChannel channel;
    private final long start;
    private final boolean isNew;

    private ForeignFileSink(OutputStream stream, long start, boolean isNew) {
        this.isNew = isNew;
        this.stream = stream;
        this.channel = Channels.newChannel(stream);
        this.start = start;
    }

    /**
     * Opens the embedder's file.
     *
     * @param start where the first byte goes
     * @throws StorageException NOT_A_FILE, NOT_PERMITTED; FAILED if the embedder's file can't be written
     */
    public static ForeignFileSink open(FtpFile file, long start) throws StorageException {
        boolean exists = file.doesExist();
        if (exists && !file.isFile()) {
            throw failure(Kind.NOT_A_FILE, file);
        }
        if (!file.isWritable()) {
            throw failure(Kind.NOT_PERMITTED, file);
        }
        try {
            return new ForeignFileSink(file.createOutputStream(start), start, !exists);
        } catch (StorageException known) {
            throw known;
        } catch (IOException refused) {
            throw new StorageException(Kind.FAILED, file.getAbsolutePath() + ": can't be written", refused);
        }
    }

    private static StorageException failure(Kind kind, FtpFile file) {
        return new StorageException(kind, file.getAbsolutePath() + ": " + kind.text());
    }

    @Override
    public WritableByteChannel channel() {
        return channel;
    }

    @Override
    public long start() {
        return start;
    }

    @Override
    public boolean replaces() {
        return false;
    }

    @Override
    public void complete() throws IOException {
        stream.close();
    }

    @Override
    public boolean completeIfNew() throws IOException {
        stream.close();
        return isNew;
    }

    @Override
    public void interrupt(Outcome why) throws IOException {
        stream.close();
    }
}
