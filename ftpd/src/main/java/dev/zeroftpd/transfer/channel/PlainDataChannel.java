package dev.zeroftpd.transfer.channel;

import dev.zeroftpd.transfer.loop.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An unencrypted data connection for streaming. Threads as {@link DataChannel} says. */
public final class PlainDataChannel implements DataChannel {

    private static final Logger LOG = LoggerFactory.getLogger(PlainDataChannel.class);

    /** Many times what TLS sends at the end; a peer that sends more breaks the protocol. */
    private static final int UNREAD_BYTES = 4096;

    private final SocketChannel socket;
    private boolean ended;

    /** Takes over a connected socket, which no selector may know, and makes it blocking. */
    public PlainDataChannel(SocketChannel socket) throws IOException {
        socket.configureBlocking(true);
        this.socket = socket;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = socket.read(target);
        ended |= count < 0;
        return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return socket.write(source);
    }

    @Override
    public boolean peerEndedCleanly() {
        return ended;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        try (socket) {
            if (!ended) {
                dropUnread();
            }
        }
    }

    /**
     * Unread bytes from the peer (with TLS, an early close_notify) would make the kernel close with RST, and so destroy
     * what is still on its way to the peer.
     */
    private void dropUnread() {
        try {
            socket.configureBlocking(false);
            socket.read(ByteBuffer.allocate(UNREAD_BYTES));
        } catch (IOException e) {
            LOG.debug("The peer is gone already: {}", socket, e);
        }
    }

    @Override
    public void reset() {
        drop(socket);
    }

    /** Closes a socket that no selector knows with RST. Any thread. */
    public static void drop(SocketChannel socket) {
        Reset.onClose(socket);
        EventLoop.closeQuietly(socket);
    }
}
