package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * An upload of a fixed number of bytes into the middle of a file: fewer or more are an error, and nothing behind them
 * changes. Used by one transfer, one thread at a time.
 */
final class RangeUpload implements FileSink {

    private final FileSink whole;
    private final long length;
    private final Bounded channel = new Bounded();
    private long missing;

    /** @param length of the range, from the upload's start on */
    RangeUpload(FileSink whole, long length) {
        this.whole = whole;
        this.length = length;
        this.missing = length;
    }

    @Override
    public WritableByteChannel channel() {
        return channel;
    }

    @Override
    public long start() {
        return whole.start();
    }

    @Override
    public void endIf(BooleanSupplier decided) {
        whole.endIf(decided);
    }

    @Override
    public boolean replaces() {
        return false;
    }

    @Override
    public Optional<String> whole() throws IOException {
        requireAll();
        return whole.whole();
    }

    @Override
    public void complete() throws IOException {
        whole.complete();
        requireAll();
    }

    private void requireAll() throws StorageException {
        if (missing > 0) {
            throw new StorageException(
                    StorageException.Kind.FAILED,
                    "RANG announced " + length + " bytes, " + missing + " of them did not come");
        }
    }

    /** RANG said how many bytes there are: that all of them came is proof. */
    @Override
    public boolean completeIfNew() throws IOException {
        complete();
        return true;
    }

    @Override
    public void interrupt(Outcome why) throws IOException {
        whole.interrupt(why);
    }

    private final class Bounded implements WritableByteChannel {

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (source.remaining() > missing) {
                throw new StorageException(
                        StorageException.Kind.FAILED, "RANG announced " + length + " bytes, more came");
            }
            int count = whole.channel().write(source);
            missing -= count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return whole.channel().isOpen();
        }

        @Override
        public void close() throws IOException {
            whole.channel().close();
        }
    }
}
