package dev.zeroftpd.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** An unencrypted data connection for streaming. Threads as {@link DataChannel} says. */
public final class PlainDataChannel implements DataChannel {

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
        socket.close();
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
