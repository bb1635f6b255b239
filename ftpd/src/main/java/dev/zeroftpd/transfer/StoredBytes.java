package dev.zeroftpd.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** A file that is written in another form than its bytes came in: tells its transfer how many it gets. One thread. */
final class StoredBytes implements WritableByteChannel {

    private final WritableByteChannel file;
    private @Nullable StreamChannel transfer;

    /** Takes over {@code file}. */
    StoredBytes(WritableByteChannel file) {
        this.file = file;
    }

    /** To be called before the first write. */
    void countFor(StreamChannel channel) throws IOException {
        transfer = channel;
        channel.stores(0); // an empty file, too, came in other bytes
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (transfer != null) {
            transfer.stores(source.remaining());
        }
        int count = source.remaining();
        while (source.hasRemaining()) {
            file.write(source);
        }
        return count;
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
