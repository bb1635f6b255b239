package dev.zeroftpd.dataconnection;

import dev.zeroftpd.transfer.loop.EventLoop;
import dev.zeroftpd.transfer.result.Outcome.NoDataConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Waits on an event loop until the client's port has answered. */
final class ConnectAttempt extends LoopAttempt {
    private final SocketChannel socket;
    private final InetSocketAddress target;
    private final Duration timeout;

    ConnectAttempt(
            EventLoop loop, SocketChannel socket, InetSocketAddress target, Duration timeout, OpenCallback callback) {
        super(loop, socket, SelectionKey.OP_CONNECT, timeout, callback);
        this.socket = socket;
        this.target = target;
        this.timeout = timeout;
    }

    @Override
    void tryToOpen() throws IOException {
        if (socket.finishConnect()) {
            DataSockets.connected(socket);
            releaseThen(() -> opened(socket));
        }
    }

    @Override
    void channelClosed() {
        // a connecting socket holds no port of ours to give back
    }

    @Override
    NoDataConnection expiredOutcome() {
        return new NoDataConnection(target + " did not answer within " + timeout.toSeconds() + " s");
    }
}
