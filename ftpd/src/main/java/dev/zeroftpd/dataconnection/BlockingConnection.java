package dev.zeroftpd.dataconnection;

import dev.zeroftpd.dataconnection.tls.SessionTls;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data connection for commands that block: the stock ones and those of an embedder. {@link #open} is for the command's
 * thread; {@link #abort()} and {@link #close()} may be called from any.
 */
final class BlockingConnection {
    private static final Logger LOG = LoggerFactory.getLogger(BlockingConnection.class);

    private final Connector connector;
    private @Nullable Closeable waiting;
    private @Nullable SocketChannel raw;
    private @Nullable Socket socket;
    private boolean aborted;

    private interface Connector {
        SocketChannel connect(BlockingConnection owner, Duration timeout) throws IOException;
    }

    private BlockingConnection(Connector connector) {
        this.connector = connector;
    }

    static BlockingConnection accepting(PassiveListener listener) {
        return new BlockingConnection((owner, timeout) -> {
            owner.waitFor(listener::close);
            return accept(listener, timeout);
        });
    }

    static BlockingConnection connecting(InetSocketAddress local, InetSocketAddress target) {
        return new BlockingConnection((owner, timeout) -> {
            SocketChannel channel = DataSockets.from(local);
            owner.waitFor(channel);
            channel.configureBlocking(true);
            channel.socket().connect(target, Math.toIntExact(timeout.toMillis()));
            return channel;
        });
    }

    private static SocketChannel accept(PassiveListener listener, Duration timeout) throws IOException {
        listener.channel().configureBlocking(true);
        ServerSocket server = listener.channel().socket();
        long deadline = System.nanoTime() + timeout.toNanos();
        for (; ; ) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new SocketTimeoutException("The client did not connect");
            }
            server.setSoTimeout(Math.toIntExact(left));
            SocketChannel channel = server.accept().getChannel();
            if (listener.admit(channel)) {
                return channel;
            }
        }
    }

    Socket open(Duration timeout, Optional<SessionTls> tls) throws IOException {
        try {
            SocketChannel channel = DataSockets.connected(connector.connect(this, timeout));
            channel.configureBlocking(true);
            connected(channel);
            Socket opened = tls.isPresent() ? tls.get().secure(channel.socket(), timeout) : channel.socket();
            synchronized (this) {
                socket = opened;
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            abort();
            throw e;
        }
    }

    private synchronized void waitFor(Closeable resource) throws IOException {
        if (aborted) {
            resource.close();
            throw new IOException("Aborted");
        }
        waiting = resource;
    }

    private void connected(SocketChannel channel) throws IOException {
        Closeable listener;
        synchronized (this) {
            listener = waiting;
            waiting = null;
            raw = channel;
            if (aborted) {
                PlainDataChannel.drop(channel);
                throw new IOException("Aborted");
            }
        }
        if (listener != null && !listener.equals(channel)) {
            listener.close();
        }
    }

    /** Ends it with RST, whatever it is doing. */
    synchronized void abort() {
        aborted = true;
        closeQuietly(waiting);
        waiting = null;
        if (raw != null) {
            PlainDataChannel.drop(raw);
        }
    }

    /** Ends it well. */
    synchronized void close() {
        closeQuietly(waiting);
        waiting = null;
        closeQuietly(socket);
        closeQuietly(raw);
    }

    private static void closeQuietly(@Nullable Closeable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (IOException e) {
            LOG.debug("Closing {}", resource, e);
        }
    }
}
