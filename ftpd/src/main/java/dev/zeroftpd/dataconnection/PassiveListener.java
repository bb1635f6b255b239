package dev.zeroftpd.dataconnection;

import dev.zeroftpd.dataconnection.proxy.TrustedProxies;
import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.os.port.SystemPorts;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.apache.ftpserver.DataConnectionConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One listening socket and the port that it holds. Any thread, but accepting is for one at a time. */
final class PassiveListener {
    private static final Logger LOG = LoggerFactory.getLogger(PassiveListener.class);

    /** Any stranger can connect to a passive port. */
    private static final FewLines DROPPED = FewLines.perMinute(LOG, 60);

    /** We want one connection; a few more places let us drop strangers without shutting out the client. */
    private static final int BACKLOG = 8;

    /** A stranger can't predict what it draws, so only the client can be first at the port. */
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Draws one of the system's own ports. */
    static final Optional<IntSupplier> OF_THIS_MACHINE =
            SystemPorts.OF_THIS_MACHINE.map(ports -> () -> ports.draw(RANDOM));

    private final ServerSocketChannel channel;
    private final InetSocketAddress address;
    private final DataConnectionConfiguration configuration;
    private final int reservedPort;
    private final Callers callers;
    private final @Nullable Arrivals arrivals;
    private final long overdueAt;
    private final AtomicBoolean released = new AtomicBoolean();
    private final AtomicBoolean claimed = new AtomicBoolean();

    /**
     * Whose connections are the client's.
     *
     * @param only the only address that it may come from; empty: any
     * @param proxies whose connections begin with a header that says so; empty: the client connects itself
     */
    record Callers(Optional<InetAddress> only, Optional<TrustedProxies> proxies) {

        /** Says so in the log if it isn't. */
        boolean mayCall(InetAddress from) {
            if (only.isEmpty() || only.get().equals(from)) {
                return true;
            }
            DROPPED.write(
                    Level.WARN, () -> "Dropped a data connection from " + from + " that was meant for " + only.get());
            return false;
        }
    }

    private PassiveListener(
            ServerSocketChannel channel,
            DataConnectionConfiguration configuration,
            int reservedPort,
            Callers callers,
            Duration patience)
            throws IOException {
        this.channel = channel;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.configuration = configuration;
        this.reservedPort = reservedPort;
        this.callers = callers;
        this.arrivals = callers.proxies().isPresent() ? new Arrivals(channel, callers) : null;
        this.overdueAt = System.nanoTime() + patience.toNanos();
    }

    /**
     * Listens on {@code port}, which {@code configuration} has reserved and gets back when it is free again; 0: on any port.
     *
     * @param patience how long it has the port for sure if no transfer comes
     */
    static PassiveListener open(
            DataConnectionConfiguration configuration, InetAddress local, int port, Callers callers, Duration patience)
            throws IOException {
        return new PassiveListener(
                port == 0 ? listenOnAny(OF_THIS_MACHINE, local) : listen(local, port),
                configuration,
                port,
                callers,
                patience);
    }

    /** Another program may hold a drawn port; after some tries the system picks one. */
    static ServerSocketChannel listenOnAny(Optional<IntSupplier> ports, InetAddress local) throws IOException {
        for (int i = 0; ports.isPresent() && i < SystemPorts.TRIES; i++) {
            try {
                return listen(local, ports.get().getAsInt());
            } catch (BindException taken) {
                LOG.trace("Another program has the port", taken);
            }
        }
        return listen(local, 0);
    }

    private static ServerSocketChannel listen(InetAddress local, int port) throws IOException {
        // a socket for both families costs more calls; only the wildcard address needs it
        ServerSocketChannel channel = local instanceof Inet4Address && !local.isAnyLocalAddress()
                ? ServerSocketChannel.open(StandardProtocolFamily.INET)
                : ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(local, port), BACKLOG);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** 64 bits that a stranger can't predict. */
    static long random() {
        return RANDOM.nextLong();
    }

    InetSocketAddress address() {
        return address;
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /**
     * The client's connection, if it is there. Connections from elsewhere are dropped, and the listener goes on: otherwise
     * anyone who guesses the port could end the client's transfer.
     */
    Optional<SocketChannel> accept() throws IOException {
        if (arrivals != null) {
            return arrivals.accept();
        }
        for (SocketChannel socket = channel.accept(); socket != null; socket = channel.accept()) {
            if (admit(socket)) {
                return Optional.of(socket);
            }
        }
        return Optional.empty();
    }

    /** True if the connection comes from the client; drops it otherwise. */
    boolean admit(SocketChannel socket) throws IOException {
        if (callers.mayCall(((InetSocketAddress) socket.getRemoteAddress()).getAddress())) {
            return true;
        }
        PlainDataChannel.drop(socket);
        return false;
    }

    /** The connections that have yet to say whose they are; null where a client connects itself. */
    @Nullable
    Arrivals arrivals() {
        return arrivals;
    }

    /** True for the first that asks: a transfer that uses it, or the end of its time. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    /** False once {@link #closeIfOverdue()} has taken it back. */
    boolean isOpen() {
        return channel.isOpen();
    }

    /** Gives the port to others if no transfer has come in time. */
    void closeIfOverdue() {
        if (System.nanoTime() - overdueAt >= 0 && claim()) {
            LOG.debug("The listener on {} was not used in time", address);
            close();
        }
    }

    /** Stops listening and gives the port back. Only for a listener that no event loop knows. */
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("Closing the listener on {}", address, e);
        }
        if (arrivals != null) {
            arrivals.dropAll();
        }
        released();
    }

    /** Gives the port back, once; to be called when the socket is closed. */
    void released() {
        if (released.compareAndSet(false, true)) {
            configuration.releasePassivePort(reservedPort);
        }
    }
}
