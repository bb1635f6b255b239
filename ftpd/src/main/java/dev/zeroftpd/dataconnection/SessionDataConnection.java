package dev.zeroftpd.dataconnection;

import dev.zeroftpd.dataconnection.proxy.ProxiedClient;
import dev.zeroftpd.dataconnection.proxy.TrustedProxies;
import dev.zeroftpd.dataconnection.tls.ControlTlsFilter;
import dev.zeroftpd.dataconnection.tls.SessionTls;
import dev.zeroftpd.transfer.channel.PeerHabit;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import dev.zeroftpd.transfer.loop.EventLoop;
import dev.zeroftpd.transfer.result.Outcome.NoDataConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import org.apache.ftpserver.DataConnectionConfiguration;
import org.apache.ftpserver.DataConnectionException;
import org.apache.ftpserver.ftplet.DataConnection;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.impl.IODataConnection;
import org.apache.ftpserver.impl.IODataConnectionFactory;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A session's side of its next data connection: what PASV, EPSV, PORT or EPRT have prepared, and how it is opened. Any
 * thread; commands of one session come one at a time.
 *
 * <p>What is prepared serves one transfer. A listening port is held from PASV until the client has connected, not until
 * the transfer's end, and a session holds at most one.
 *
 * <p>It is a stock factory because stock commands look for one; {@link #openConnection()} serves those and an
 * embedder's own commands, and blocks. Our commands use {@link #open}, which does not.
 */
public final class SessionDataConnection extends IODataConnectionFactory {

    /** Where Apache FtpServer keeps a session's data connection. */
    public static final String SESSION_ATTRIBUTE = FtpIoSession.ATTRIBUTE_PREFIX + "data-connection";

    private final FtpIoSession session;
    private final Duration connectTimeout;
    private final Optional<ProxiedClient> proxied;
    private final PeerHabit habit = new PeerHabit();
    private Prepared prepared = new Prepared.Nothing();
    private @Nullable BlockingConnection blocking;
    private boolean extendedPassiveOnly;

    private sealed interface Prepared {
        record Nothing() implements Prepared {}

        record Listening(PassiveListener listener) implements Prepared {}

        record Target(InetSocketAddress address) implements Prepared {}
    }

    SessionDataConnection(
            FtpServerContext context, FtpIoSession session, Duration connectTimeout, Optional<ProxiedClient> proxied) {
        super(context, session);
        this.proxied = proxied;
        this.session = session;
        this.connectTimeout = connectTimeout;
    }

    /** The data connection of a session of ours. */
    public static SessionDataConnection of(FtpIoSession session) {
        if (session.getDataConnection() instanceof SessionDataConnection connection) {
            return connection;
        }
        throw new IllegalStateException("The session's listener is none of ours");
    }

    /** True between PASV, EPSV, PORT or EPRT and the transfer that uses it. */
    public synchronized boolean isPrepared() {
        return switch (prepared) {
            case Prepared.Nothing _ -> false;
            case Prepared.Listening(PassiveListener listener) -> listener.isOpen();
            case Prepared.Target _ -> true;
        };
    }

    /** How the session's client ends data connections. */
    public PeerHabit habit() {
        return habit;
    }

    /** EPSV ALL was sent (RFC 2428 section 4): PORT, PASV and EPRT must be refused from now on. */
    public synchronized boolean isExtendedPassiveOnly() {
        return extendedPassiveOnly;
    }

    public synchronized void extendedPassiveOnly() {
        extendedPassiveOnly = true;
    }

    /** Everything as for a new session: nothing prepared, no EPSV ALL, MODE S, and PROT as the listener begins with. */
    public synchronized void reset() {
        closeDataConnection();
        extendedPassiveOnly = false;
        setZipMode(false);
        setSecure(configuration().isImplicitSsl());
    }

    /** Prepares to connect to the client, and forgets what was prepared before. */
    @Override
    public synchronized void initActiveDataConnection(InetSocketAddress address) {
        closeDataConnection();
        prepared = new Prepared.Target(address);
    }

    /**
     * Listens for the client on a free port, and forgets what was prepared before. Never blocks, unless the address to
     * listen on is configured as a name.
     *
     * @throws DataConnectionException if there is no free port
     */
    @Override
    public synchronized InetSocketAddress initPassiveDataConnection() throws DataConnectionException {
        closeDataConnection();
        DataConnectionConfiguration configuration = configuration();
        PassiveListener listener = new PassivePortSearch(configuration, remote(), proxies(), connectTimeout)
                .listen(local(configuration.getPassiveAddress()));
        prepared = new Prepared.Listening(listener);
        return listener.address();
    }

    /**
     * Opens what was prepared, on this thread if the client has connected already, else on {@code loop}. Never blocks.
     */
    public DataConnectionAttempt open(EventLoop loop, OpenCallback callback) {
        return switch (take()) {
            case Prepared.Nothing _ -> failed(callback, "neither PASV, EPSV, PORT nor EPRT came before");
            case Prepared.Listening(PassiveListener listener)
            when !listener.claim() ->
                failed(
                        callback,
                        "no transfer came within " + connectTimeout.toSeconds() + " s, and others needed the port");
            case Prepared.Listening(PassiveListener listener) -> accept(loop, listener, callback);
            case Prepared.Target(InetSocketAddress target) -> connect(loop, target, callback);
        };
    }

    private DataConnectionAttempt accept(EventLoop loop, PassiveListener listener, OpenCallback callback) {
        SocketChannel connected;
        try {
            Optional<SocketChannel> socket = listener.accept();
            if (socket.isEmpty()) {
                return waitFor(loop, listener, callback);
            }
            listener.close();
            connected = DataSockets.connected(socket.get());
        } catch (IOException e) {
            listener.close();
            return failed(callback, OpenFaults.of(e));
        }
        callback.opened(connected);
        return DataConnectionAttempt.ENDED;
    }

    private DataConnectionAttempt waitFor(EventLoop loop, PassiveListener listener, OpenCallback callback) {
        return listener.arrivals() == null
                ? new AcceptAttempt(loop, listener, connectTimeout, callback).start()
                : new HeaderAttempt(loop, listener, listener.arrivals(), connectTimeout, callback).start();
    }

    private DataConnectionAttempt connect(EventLoop loop, InetSocketAddress target, OpenCallback callback) {
        SocketChannel socket;
        try {
            socket = DataSockets.from(activeLocal());
        } catch (IOException | DataConnectionException e) {
            return failed(callback, OpenFaults.ofServer("The address for active data connections can't be bound", e));
        }
        try {
            if (!socket.connect(target) && !socket.finishConnect()) {
                return new ConnectAttempt(loop, socket, target, connectTimeout, callback).start();
            }
            DataSockets.connected(socket);
        } catch (IOException e) {
            PlainDataChannel.drop(socket);
            return failed(callback, OpenFaults.of(e));
        }
        callback.opened(socket);
        return DataConnectionAttempt.ENDED;
    }

    private static DataConnectionAttempt failed(OpenCallback callback, String detail) {
        return failed(callback, new NoDataConnection(detail));
    }

    private static DataConnectionAttempt failed(OpenCallback callback, NoDataConnection outcome) {
        callback.failed(outcome);
        return DataConnectionAttempt.ENDED;
    }

    /**
     * Opens what was prepared, with the TLS handshake if the data connection is protected, and waits for it. Not for sessions
     * behind a balancer, which only launched servers have: those have no commands that block.
     */
    @Override
    public DataConnection openConnection() throws Exception {
        if (proxied.isPresent()) {
            throw new DataConnectionException("A command that blocks can't wait for a PROXY header");
        }
        BlockingConnection connection = switch (take()) {
            case Prepared.Nothing _ -> throw new DataConnectionException("No data connection was prepared");
            case Prepared.Listening(PassiveListener listener)
            when !listener.claim() ->
                throw new DataConnectionException("Others needed the port: no transfer came in time");
            case Prepared.Listening(PassiveListener listener) -> BlockingConnection.accepting(listener);
            case Prepared.Target(InetSocketAddress target) -> BlockingConnection.connecting(activeLocal(), target);
        };
        synchronized (this) {
            blocking = connection;
        }
        Socket socket = connection.open(connectTimeout, isSecure() ? Optional.of(tls()) : Optional.empty());
        return new IODataConnection(new BlockingSocket(socket), session, this);
    }

    /** Drops a connection that {@link #openConnection()} has opened or is opening, with RST. Never blocks. */
    public void abortBlocking() {
        BlockingConnection connection;
        synchronized (this) {
            connection = blocking;
        }
        if (connection != null) {
            connection.abort();
        }
    }

    /** Forgets what was prepared and closes what {@link #openConnection()} has opened. */
    @Override
    public synchronized void closeDataConnection() {
        if (take() instanceof Prepared.Listening(PassiveListener listener) && listener.claim()) {
            listener.close();
        }
        if (blocking != null) {
            blocking.close();
            blocking = null;
        }
    }

    private synchronized Prepared take() {
        Prepared taken = prepared;
        prepared = new Prepared.Nothing();
        return taken;
    }

    @Override
    public void dispose() {
        closeDataConnection();
    }

    /** Null if nothing is prepared: stock commands check for that. */
    @Override
    @SuppressWarnings("NullAway")
    public synchronized InetAddress getInetAddress() {
        return preparedAddress().map(InetSocketAddress::getAddress).orElse(null);
    }

    @Override
    public synchronized int getPort() {
        return preparedAddress().map(InetSocketAddress::getPort).orElse(0);
    }

    private Optional<InetSocketAddress> preparedAddress() {
        return switch (prepared) {
            case Prepared.Nothing _ -> Optional.empty();
            case Prepared.Listening(PassiveListener listener) -> Optional.of(listener.address());
            case Prepared.Target(InetSocketAddress address) -> Optional.of(address);
        };
    }

    /** Never: waiting for a data connection has a deadline of its own. */
    @Override
    public boolean isTimeout(long now) {
        return false;
    }

    private InetSocketAddress activeLocal() throws DataConnectionException {
        DataConnectionConfiguration configuration = configuration();
        return new InetSocketAddress(local(configuration.getActiveLocalAddress()), configuration.getActiveLocalPort());
    }

    /**
     * The address to announce for passive connections: where we listen, which an embedder may have said, or where that is
     * everywhere, how the client has reached us. Behind a balancer that is the balancer's.
     */
    public InetAddress reachedAt(InetAddress listening) {
        return listening.isAnyLocalAddress() || proxied.isPresent() ? local() : listening;
    }

    /** Of the control connection; behind a balancer, the balancer's that the client has connected to. */
    private InetAddress local() {
        return ((InetSocketAddress) session.getLocalAddress()).getAddress();
    }

    /** The configured address, or the one of this machine that the control connection has reached. */
    private InetAddress local(@Nullable String configured) throws DataConnectionException {
        try {
            return configured == null ? ownEnd() : InetAddress.getByName(configured);
        } catch (UnknownHostException e) {
            throw new DataConnectionRefusal(
                    "The server's address for data connections is unknown: its administrator has to mend that.", e);
        }
    }

    /** Of the control connection, at this machine. */
    private InetAddress ownEnd() {
        return proxied.isPresent() ? proxied.get().local().getAddress() : local();
    }

    private Optional<TrustedProxies> proxies() {
        return proxied.isPresent() ? Optional.of(proxied.get().proxies()) : Optional.empty();
    }

    private InetAddress remote() {
        return ((InetSocketAddress) session.getRemoteAddress()).getAddress();
    }

    /**
     * What protects the data connection: an embedder's own configuration for it, or else the session's TLS state.
     *
     * @throws DataConnectionException if the control connection is not protected
     */
    public SessionTls tls() throws DataConnectionException {
        SslConfiguration own = configuration().getSslConfiguration();
        if (own != null) {
            try {
                return SessionTls.of(own);
            } catch (GeneralSecurityException e) {
                throw new DataConnectionRefusal("its TLS can't be set up, the server's log says why", e);
            }
        }
        if (session.getFilterChain().get(ControlTlsFilter.class) instanceof ControlTlsFilter filter) {
            return filter.tls();
        }
        throw new DataConnectionRefusal("the control connection is not protected");
    }

    private DataConnectionConfiguration configuration() {
        return session.getListener().getDataConnectionConfiguration();
    }
}
