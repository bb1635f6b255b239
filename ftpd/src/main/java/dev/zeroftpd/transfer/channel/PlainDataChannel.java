package dev.zeroftpd.transfer.channel;

import dev.zeroftpd.transfer.loop.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An unencrypted data connection for streaming. Threads as {@link DataChannel} says. */
public final class PlainDataChannel implements DataChannel {

    private static final Logger LOG = LoggerFactory.getLogger(PlainDataChannel.class);

    /** Many times what TLS sends at the end; a peer that sends more breaks the protocol. */
    private static final int UNREAD_BYTES = 4096;

    private final SocketChannel socket;
    private final Optional<PeerHabit> habit;
    private boolean ended;

    /** Takes over a connected socket, which no selector may know, and makes it blocking. */
    public PlainDataChannel(SocketChannel socket) throws IOException {
        this(socket, Optional.empty());
    }

    private PlainDataChannel(SocketChannel socket, Optional<PeerHabit> habit) throws IOException {
        socket.configureBlocking(true);
        this.socket = socket;
        this.habit = habit;
    }

    /** Takes over {@code socket} to send to a peer of that habit, whose end {@link #close} then waits for. */
    public static PlainDataChannel lingering(SocketChannel socket, PeerHabit habit) throws IOException {
        return new PlainDataChannel(socket, Optional.of(habit));
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
            if (!ended && socket.isOpen()) {
                habit.ifPresent(this::linger);
                dropUnread();
            }
        }
    }

    private void linger(PeerHabit peer) {
        long begun = System.nanoTime();
        try {
            if (LingeringClose.await(socket, peer.millis())) {
                peer.closed(System.nanoTime() - begun);
            } else {
                peer.keptOpen();
            }
        } catch (IOException e) {
            LOG.debug("The peer is gone already: {}", socket, e);
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
