package dev.zeroftpd.dataconnection.proxy;

import dev.zeroftpd.dataconnection.proxy.ProxyHeader.More;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Reads one connection's header, and not a byte behind it: what follows is for TLS, for lines of commands, or for a file
 * that the kernel writes. One thread at a time.
 */
public final class HeaderReader {

    private final ReadableByteChannel channel;
    private ByteBuffer received = ByteBuffer.allocate(0);

    public HeaderReader(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /**
     * Reads what has come; of a blocking channel the whole header.
     *
     * @return {@link More} only for a channel that doesn't block
     * @throws EOFException if the peer closed its side too early
     */
    public ProxyHeader read() throws IOException {
        ProxyHeader header = ProxyHeader.in(received);
        while (header instanceof More(int bytes)) {
            ByteBuffer grown = ByteBuffer.allocate(received.limit() + bytes).put(received.duplicate());
            int count = channel.read(grown);
            if (count < 0) {
                throw new EOFException("it ended within its PROXY header");
            }
            if (count == 0) {
                return header;
            }
            received = grown.flip();
            header = ProxyHeader.in(received);
        }
        return header;
    }

    /** True while the peer hasn't sent a byte: it may only look whether the port is open. */
    public boolean isUnbegun() {
        return received.limit() == 0;
    }
}
