package dev.zeroftpd.dataconnection.tls;

import dev.zeroftpd.config.SessionReuse;
import dev.zeroftpd.transfer.channel.DataChannel;
import dev.zeroftpd.transfer.channel.NoDataConnectionException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The TLS state of one control session: its control connection's engine and, with the same session cache, its data
 * connections. Thread-safe.
 *
 * <p>Every control session has an {@link SSLContext} of its own. The context holds the keys of session tickets, so a
 * client can resume on a data connection only what began on this very control connection; a client that can't is a
 * stranger. A resumed session keeps the creation time of the session it resumes, in TLS 1.2 and 1.3 alike; that is how
 * the server tells them apart.
 */
public final class SessionTls {

    /** Beyond the seven days that RFC 8446, section 4.6.1, allows a ticket the JDK sends none. */
    private static final int NO_TICKETS = Math.toIntExact(TimeUnit.DAYS.toSeconds(8));

    /** The JDK's default. */
    private static final int TICKETS = Math.toIntExact(TimeUnit.DAYS.toSeconds(1));

    private final SSLContext context;
    private final boolean isContextShared;
    private final TlsPolicy policy;
    private final SessionReuse reuse;
    private final Consumer<String> wanted;
    private volatile @Nullable ControlEngine controlEngine;
    private volatile @Nullable WatchedHandshake controlHandshake;

    private SessionTls(
            SSLContext context,
            boolean isContextShared,
            TlsPolicy policy,
            SessionReuse reuse,
            Consumer<String> wanted) {
        this.context = context;
        this.isContextShared = isContextShared;
        this.policy = policy;
        this.reuse = reuse;
        this.wanted = wanted;
    }

    /**
     * The TLS state of a control session; {@code context} is its own.
     *
     * @param wanted gets the host names that the client asks for, before {@code context} needs a certificate
     */
    static SessionTls of(SSLContext context, TlsPolicy policy, SessionReuse reuse, Consumer<String> wanted) {
        return new SessionTls(context, false, policy, reuse, wanted);
    }

    /**
     * The TLS state of a control session whose listener an embedder configured: with the embedder's protocols and cipher
     * suites, and one context for all sessions unless the embedder's configuration makes a new one each time.
     */
    public static SessionTls of(SslConfiguration embedders) throws GeneralSecurityException {
        return new SessionTls(embedders.getSSLContext(), true, TlsPolicy.of(embedders), SessionReuse.OPTIONAL, _ -> {});
    }

    /** A filter for the control connection. One for each session: it belongs to this object's state. */
    public ControlTlsFilter controlFilter() {
        return new ControlTlsFilter(context, this);
    }

    /** The handshake of the control connection; none before it begins. */
    Optional<ServerEngine> controlHandshake() {
        return Optional.ofNullable(controlHandshake);
    }

    /** @param gone whether the connection has ended, so that nothing need be computed for it any more */
    SSLEngine newControlEngine(BooleanSupplier gone) {
        WatchedHandshake handshake = new WatchedHandshake(newJdkEngine(), overlooksNames(), wanted);
        controlHandshake = handshake;
        ControlEngine engine = new ControlEngine(handshake, gone);
        controlEngine = engine;
        return engine;
    }

    /**
     * Encrypts a data connection: blocks for the handshake, at most {@code limit} long. Takes ownership of
     * {@code socket}, which is reset if the handshake fails; resetting it from another thread ends the wait.
     *
     * @param peerReads false for an upload, whose client never looks at what comes. A TLS 1.3 ticket would wait in its
     *     socket, and closing a socket with unread bytes resets the connection, with the end of the file still under way.
     *     It goes behind the next reply on the control connection instead, which every client reads
     */
    public DataChannel secure(DataChannel socket, Duration limit, boolean peerReads) throws NoDataConnectionException {
        HandshakeDeadline deadline = HandshakeDeadline.start(limit, socket::reset);
        boolean withholdsTicket = !peerReads && canWithholdTickets();
        if (withholdsTicket) {
            context.getServerSessionContext().setSessionTimeout(NO_TICKETS);
        }
        ServerEngine engine = new ServerEngine(newJdkEngine(), overlooksNames(), wanted);
        TlsDataChannel channel = new TlsDataChannel(engine, socket);
        try {
            channel.handshake();
            refuseStranger(engine.getSession());
            if (deadline.isMet()) {
                return channel;
            }
            throw new HandshakeEnded("finished too late");
        } catch (IOException e) {
            if (deadline.isMet()) {
                channel.refuse();
                throw failure(engine.failure().orElseGet(() -> HandshakeFaults.describe(e, engine.hello(), engine)));
            }
            throw failure("the TLS handshake was not finished within " + limit.toMillis() + " ms");
        } finally {
            deadline.end();
            if (withholdsTicket) {
                bringTicketByReply();
            }
        }
    }

    /** The same for commands that want a socket, such as stock ones and an embedder's. Closes {@code socket} if it fails. */
    public SSLSocket secure(Socket socket, Duration limit) throws IOException {
        socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
        ReplacedHellos hellos = new ReplacedHellos();
        byte[] first = FirstRecord.read(socket);
        ByteBuffer record = ByteBuffer.wrap(first);
        ClientHello.message(record)
                .flatMap(ClientHello::parse)
                .flatMap(ClientHello::serverName)
                .ifPresent(wanted);
        if (overlooksNames()) {
            ServerEngine.overlookName(record, hellos);
        }
        SSLSocket secured =
                (SSLSocket) context.getSocketFactory().createSocket(socket, new ByteArrayInputStream(first), true);
        try {
            secured.setUseClientMode(false);
            secured.setSSLParameters(policy.applyTo(secured.getSSLParameters()));
            // even if nothing will be sent: an empty listing is a handshake and a close_notify
            if (hellos.isEmpty()) {
                secured.startHandshake();
            } else {
                TranscriptDigests.restoring(hellos, () -> {
                    secured.startHandshake();
                    return secured;
                });
            }
            refuseStranger(secured.getSession());
            secured.setSoTimeout(0);
            return secured;
        } catch (IOException e) {
            secured.close();
            throw e;
        }
    }

    /**
     * In TLS 1.2 tickets are part of the handshake, and clients read them. An embedder's context may serve other sessions at
     * the same time.
     */
    private boolean canWithholdTickets() {
        ControlEngine control = controlEngine;
        boolean inHandshake =
                control != null && control.getSession().getProtocol().equals("TLSv1.2");
        return !isContextShared && !inHandshake;
    }

    /** Most clients resume with the same ticket as often as they like, but the JDK's use each once (RFC 8446, C.4). */
    private void bringTicketByReply() {
        context.getServerSessionContext().setSessionTimeout(TICKETS);
        ControlEngine control = controlEngine;
        if (control != null) {
            control.renewTicket();
        }
    }

    private void refuseStranger(SSLSession dataSession) throws SSLException {
        if (reuse == SessionReuse.REQUIRED) {
            ControlEngine control = controlEngine;
            if (control == null || control.getSession().getCreationTime() != dataSession.getCreationTime()) {
                throw new HandshakeEnded("the TLS session of the control connection was not reused by the client");
            }
        }
    }

    private static NoDataConnectionException failure(String detail) {
        return new NoDataConnectionException(detail);
    }

    /** Only the JDK's own engine can, and it needn't where it looks at no names in the whole process. */
    private boolean overlooksNames() {
        return context.getProvider().getName().equals("SunJSSE")
                && !System.getProperty("jdk.tls.server.disableExtensions", "").contains("server_name");
    }

    private SSLEngine newJdkEngine() {
        // Without host and port: the JDK would use them only as a client.
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(policy.applyTo(engine.getSSLParameters()));
        return engine;
    }
}
