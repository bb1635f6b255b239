package dev.zeroftpd.control;

import dev.zeroftpd.control.ban.Door;
import dev.zeroftpd.control.proxy.ProxyEntrance;
import dev.zeroftpd.dataconnection.proxy.TrustedProxies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.ftpserver.DataConnectionConfiguration;
import org.apache.ftpserver.FtpServerConfigurationException;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.ipfilter.SessionFilter;
import org.apache.ftpserver.listener.nio.NioListener;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.mina.core.session.IdleStatus;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.ssl.SslFilter;
import org.apache.mina.transport.socket.SocketSessionConfig;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener with our own acceptor, filters and handler. It extends {@link NioListener} because embedders cast to that,
 * but uses nothing of that class's life cycle. Any thread may call it.
 */
public final class ZeroCopyListener extends NioListener {
    private static final Logger LOG = LoggerFactory.getLogger(ZeroCopyListener.class);

    /** Thousands of clients may connect within a second, for example after a restart. */
    private static final int BACKLOG = 1024;

    /** One read takes a usual burst of pipelined commands; larger ones take more reads. */
    private static final int READ_BUFFER = 2048;

    /** MINA doubles its read buffer up to this size while reads come back full. */
    private static final int LARGEST_READ_BUFFER = 16 * 1024;

    /** How long stopping waits for what runs: cancelled transfers, commands, the Ftplets' onDisconnect. */
    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private final ControlSettings settings;
    private @Nullable ServerSocketChannel bound;
    private @Nullable Running running;

    /** What exists between start and stop. */
    private record Running(
            ControlSockets sockets,
            ControlIoHandler handler,
            FtpServerContext context,
            InetSocketAddress address,
            boolean suspended) {

        NioSocketAcceptor acceptor() {
            return sockets.acceptor();
        }

        Running suspended(boolean now) {
            return new Running(sockets, handler, context, address, now);
        }
    }

    /**
     * The same parameters as a stock listener's, and ours.
     *
     * @param serverAddress null: all local addresses
     * @param port 0: any free one
     * @param idleTimeout seconds, 0: none
     * @param sessionFilter null: everyone may connect
     */
    public ZeroCopyListener(
            @Nullable String serverAddress,
            int port,
            boolean implicitSsl,
            @Nullable SslConfiguration sslConfiguration,
            DataConnectionConfiguration dataConnectionConfiguration,
            int idleTimeout,
            @Nullable SessionFilter sessionFilter,
            ControlSettings settings) {
        super(
                serverAddress,
                port,
                implicitSsl,
                sslConfiguration,
                dataConnectionConfiguration,
                idleTimeout,
                sessionFilter);
        this.settings = settings;
    }

    /** One with the settings of {@code stock}, which must not run. */
    public static ZeroCopyListener inPlaceOf(NioListener stock, ControlSettings settings) {
        return new ZeroCopyListener(
                stock.getServerAddress(),
                stock.getPort(),
                stock.isImplicitSsl(),
                stock.getSslConfiguration(),
                stock.getDataConnectionConfiguration(),
                stock.getIdleTimeout(),
                stock.getSessionFilter(),
                settings);
    }

    /**
     * Binds a port on which clients may wait until a listener is started {@link #on} it: for a process that gives up the
     * right to bind it before it starts the threads that serve.
     *
     * @param host null: all local addresses
     */
    public static ServerSocketChannel bind(@Nullable String host, int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address(host, port), BACKLOG);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static InetSocketAddress address(@Nullable String host, int port) {
        return host == null ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    }

    /** Has {@link #start} use what {@link #bind} made, which it then owns; returns this. */
    public synchronized ZeroCopyListener on(ServerSocketChannel channel) {
        bound = channel;
        return this;
    }

    /**
     * Binds and accepts.
     *
     * @throws IllegalStateException if it runs already
     * @throws FtpServerConfigurationException if it cannot bind or has no usable TLS configuration but needs one
     */
    @Override
    public synchronized void start(FtpServerContext context) {
        if (running != null) {
            throw new IllegalStateException("The listener runs already");
        }
        checkTls();
        String host = getServerAddress();
        InetSocketAddress wanted = address(host, getPort());
        ControlSockets sockets = ControlSockets.open(
                settings.deaf(),
                new Door(
                        settings.connections().guesses().bans(),
                        !isImplicitSsl(),
                        settings.connections().events()),
                entrance(),
                bound);
        bound = null;
        NioSocketAcceptor acceptor = sockets.acceptor();
        ControlIoHandler handler;
        try {
            handler = configure(acceptor, context);
            acceptor.bind(wanted);
        } catch (IOException e) {
            sockets.dispose();
            throw new BindFailure(wanted, e);
        } catch (RuntimeException e) {
            sockets.dispose();
            throw e;
        }
        InetSocketAddress bound = acceptor.getLocalAddress();
        setPort(bound.getPort());
        running = new Running(sockets, handler, context, bound, false);
    }

    private Optional<ProxyEntrance> entrance() {
        Optional<TrustedProxies> proxies = settings.terms().proxies();
        if (proxies.isEmpty()) {
            return Optional.empty();
        }
        ControlConnections connections = settings.connections();
        return ProxyEntrance.of(
                proxies.get(),
                connections.strangers(),
                connections::prefixOf,
                settings.terms().loginTimeout(),
                isImplicitSsl() ? Optional.empty() : Optional.of(connections::isDraining));
    }

    private ControlIoHandler configure(NioSocketAcceptor acceptor, FtpServerContext context) {
        acceptor.setReuseAddress(true);
        acceptor.setBacklog(BACKLOG);
        acceptor.setCloseOnDeactivation(false);
        SocketSessionConfig config = acceptor.getSessionConfig();
        config.setTcpNoDelay(true);
        config.setKeepAlive(true);
        config.setOobInline(true);
        config.setReadBufferSize(READ_BUFFER);
        config.setMaxReadBufferSize(LARGEST_READ_BUFFER);
        config.setIdleTime(IdleStatus.BOTH_IDLE, getIdleTimeout());
        ControlIoHandler handler = new ControlIoHandler(context, settings, this);
        acceptor.getFilterChain()
                .addLast("lines", new LineFilter(settings.terms().charset(), handler::trace));
        acceptor.setHandler(handler);
        return handler;
    }

    private void checkTls() {
        if (isImplicitSsl() && getSslConfiguration() == null && settings.tls().isEmpty()) {
            throw new FtpServerConfigurationException("Implicit TLS needs a TLS configuration");
        }
    }

    /**
     * Stops accepting, closes every session, and waits until the last of their commands, transfers and Ftplets has ended;
     * milliseconds if nothing runs.
     */
    @Override
    public synchronized void stop() {
        Running current = running;
        if (current == null) {
            return;
        }
        running = null;
        current.acceptor().unbind();
        current.acceptor().getManagedSessions().values().forEach(IoSession::closeNow);
        awaitEnd(current);
        current.sockets().dispose();
    }

    /** Sessions leave the acceptor before their last letter has run, so their connections are asked. */
    private static void awaitEnd(Running current) {
        try {
            if (!current.handler().connections().awaitNone(LONGEST_END)) {
                LOG.warn("Stopped listening on {} while something still ran", current.address());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isStopped() {
        return running == null;
    }

    @Override
    public synchronized boolean isSuspended() {
        return running != null && running.suspended();
    }

    /** Stops accepting; sessions go on. */
    @Override
    public synchronized void suspend() {
        Running current = running;
        if (current != null && !current.suspended()) {
            current.acceptor().unbind();
            running = current.suspended(true);
            LOG.debug("Suspended {}", current.address());
        }
    }

    /** Accepts again, on the port that it had. */
    @Override
    public synchronized void resume() {
        Running current = running;
        if (current == null || !current.suspended()) {
            return;
        }
        try {
            current.acceptor().bind(current.address());
            running = current.suspended(false);
            LOG.debug("Resumed {}", current.address());
        } catch (IOException e) {
            LOG.error("Cannot listen on {} again", current.address(), e);
        }
    }

    /** How many sessions there are, with TLS on their control connection and without. */
    public record SessionCount(long tls, long plain) {}

    /** Walks over all of them; holds none up. */
    public SessionCount sessionCount() {
        Running current = current();
        if (current == null) {
            return new SessionCount(0, 0);
        }
        // those that were refused have no connection
        Map<Boolean, Long> byTls = current.acceptor().getManagedSessions().values().stream()
                .filter(session -> ControlConnection.find(session).isPresent())
                .collect(Collectors.partitioningBy(
                        session -> session.getFilterChain().contains(SslFilter.class), Collectors.counting()));
        return new SessionCount(byTls.getOrDefault(true, 0L), byTls.getOrDefault(false, 0L));
    }

    private synchronized @Nullable Running current() {
        return running;
    }

    @Override
    public synchronized Set<FtpIoSession> getActiveSessions() {
        Running current = running;
        if (current == null) {
            return Set.of();
        }
        return current.acceptor().getManagedSessions().values().stream()
                .map(session -> new FtpIoSession(session, current.context()))
                .collect(Collectors.toSet());
    }
}
