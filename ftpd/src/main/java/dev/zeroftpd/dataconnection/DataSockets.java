package dev.zeroftpd.dataconnection;

import dev.zeroftpd.transfer.channel.PlainDataChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** The socket options of data connections. Any thread. */
final class DataSockets {
    private DataSockets() {}

    /** A non-blocking socket bound to {@code local}, to connect from. */
    static SocketChannel from(InetSocketAddress local) throws IOException {
        SocketChannel socket = SocketChannel.open();
        try {
            socket.configureBlocking(false);
            // a fixed local port (20) is in TIME_WAIT after each transfer
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.bind(local);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Prepares a connected socket: no waiting for the acknowledgement of a last short segment, and keep-alive probes
     * for a transfer that the client has stopped reading. Buffer sizes stay unset, because setting one ends the
     * kernel's own tuning.
     */
    static SocketChannel connected(SocketChannel socket) throws IOException {
        try {
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            return socket;
        } catch (IOException | RuntimeException e) {
            PlainDataChannel.drop(socket);
            throw e;
        }
    }
}
