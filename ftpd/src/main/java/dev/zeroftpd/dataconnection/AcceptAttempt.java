package dev.zeroftpd.dataconnection;

import dev.zeroftpd.transfer.loop.EventLoop;
import dev.zeroftpd.transfer.result.Outcome.NoDataConnection;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/** Waits on an event loop for the client to connect. */
final class AcceptAttempt extends LoopAttempt {
    private final PassiveListener listener;
    private final Duration timeout;

    AcceptAttempt(EventLoop loop, PassiveListener listener, Duration timeout, OpenCallback callback) {
        super(loop, listener.channel(), SelectionKey.OP_ACCEPT, timeout, callback);
        this.listener = listener;
        this.timeout = timeout;
    }

    @Override
    void tryToOpen() throws IOException {
        Optional<SocketChannel> socket = listener.accept();
        if (socket.isPresent()) {
            SocketChannel connected = DataSockets.connected(socket.get());
            closeThen(() -> {});
            opened(connected);
        }
    }

    @Override
    void channelClosed() {
        listener.released();
    }

    @Override
    NoDataConnection expiredOutcome() {
        return new NoDataConnection("the client did not connect within " + timeout.toSeconds() + " s");
    }
}
