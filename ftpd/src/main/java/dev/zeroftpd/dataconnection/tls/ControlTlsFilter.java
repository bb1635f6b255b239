package dev.zeroftpd.dataconnection.tls;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.WriteRequest;
import org.apache.mina.core.write.WriteToClosedSessionException;
import org.apache.mina.filter.FilterEvent;
import org.apache.mina.filter.ssl.DisableEncryptWriteRequest;
import org.apache.mina.filter.ssl.EncryptedWriteRequest;
import org.apache.mina.filter.ssl.SslFilter;
import org.apache.mina.filter.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts one control connection. Used by I/O threads and by those that write replies.
 *
 * <p>Unlike its parent it doesn't look up the client's host name, which could block an I/O thread for seconds; and it
 * tolerates that another thread closes the session between two replies, where the parent fails because its handler is
 * gone.
 */
public final class ControlTlsFilter extends SslFilter {
    private static final Logger LOG = LoggerFactory.getLogger(ControlTlsFilter.class);

    /** What the filters behind this one have to know of a connection that ends. */
    public enum End implements FilterEvent {
        /** Nothing can be sent any more: TLS 1.2 ends both directions at once, and before the handshake there is none. */
        OF_OUTPUT
    }

    /** Four messages of the size that Java takes; what comes before the end of a handshake is in no other budget. */
    private static final int MOST_BEFORE_SECURED = 128 * 1024;

    private final SessionTls tls;

    /** By the I/O thread. */
    private int receivedBeforeSecured;

    private volatile @Nullable SSLEngine engine;

    ControlTlsFilter(SSLContext context, SessionTls tls) {
        super(context);
        this.tls = tls;
    }

    /** What the session's data connections need. */
    public SessionTls tls() {
        return tls;
    }

    @Override
    protected SSLEngine createEngine(IoSession session, InetSocketAddress address) {
        SSLEngine created = tls.newControlEngine(session::isClosing);
        engine = created;
        return created;
    }

    /**
     * A close_notify ends the client's side as a FIN does; data behind it is ignored (RFC 8446, 6.1), and so is
     * everything after a failed handshake.
     */
    @Override
    public void messageReceived(NextFilter next, IoSession session, Object message) throws Exception {
        if (hasFailed() || !(session.getAttribute(SSL_HANDLER) instanceof SslHandler handler) || isInputDone()) {
            return;
        }
        IoBuffer received = (IoBuffer) message;
        if (session.getAttribute(SSL_SECURED) == null) {
            receivedBeforeSecured += received.remaining();
            if (receivedBeforeSecured > MOST_BEFORE_SECURED) {
                session.closeNow();
                return;
            }
        }
        handler.receive(next, received);
        if (isInputDone()) {
            inputClosed(next, session);
        }
    }

    private boolean isInputDone() {
        SSLEngine current = engine;
        return current != null && current.isInboundDone();
    }

    @Override
    public void inputClosed(NextFilter next, IoSession session) {
        if (!canSend(session)) {
            next.event(session, End.OF_OUTPUT);
        }
        next.inputClosed(session);
    }

    /** True between the end of the handshake and that of the connection. */
    public boolean canSend(IoSession session) {
        SSLEngine current = engine;
        return session.getAttribute(SSL_SECURED) != null && current != null && !current.isOutboundDone();
    }

    /** The filters behind this one learn of the end even if TLS fails over it; the parent wouldn't tell them then. */
    @Override
    public void sessionClosed(NextFilter next, IoSession session) {
        tls.controlHandshake().ifPresent(handshake -> HandshakeLog.OF_THIS_PROCESS.ended(session, handshake));
        try {
            onClose(next, session, false);
        } catch (SSLException | RuntimeException unsaid) {
            LOG.debug("No close_notify for {}", session.getRemoteAddress(), unsaid);
        }
        next.sessionClosed(session);
    }

    /**
     * Sends a close_notify. To be called once everything before it is sent; the parent would send it only after the
     * socket is closed.
     */
    public void sayGoodbye(IoSession session) {
        if (canSend(session) && session.getAttribute(SSL_HANDLER) instanceof SslHandler handler) {
            try {
                handler.close(session.getFilterChain().getNextFilter(this), false);
            } catch (SSLException | RuntimeException unsaid) {
                LOG.debug("No close_notify for {}", session.getRemoteAddress(), unsaid);
            }
        }
    }

    private boolean hasFailed() {
        return tls.controlHandshake().flatMap(ServerEngine::failure).isPresent();
    }

    @Override
    public void filterWrite(NextFilter next, IoSession session, WriteRequest request) throws Exception {
        if (request instanceof EncryptedWriteRequest || request instanceof DisableEncryptWriteRequest) {
            super.filterWrite(next, session, request);
        } else if (session.getAttribute(SSL_HANDLER) instanceof SslHandler handler) {
            handler.write(next, request);
        } else {
            throw new WriteToClosedSessionException(request);
        }
    }

    @Override
    public void messageSent(NextFilter next, IoSession session, WriteRequest request) throws Exception {
        if (!(request instanceof EncryptedWriteRequest)) {
            super.messageSent(next, session, request);
            return;
        }
        if (session.getAttribute(SSL_HANDLER) instanceof SslHandler handler) {
            handler.ack(next, request);
        }
        if (hasFailed()) {
            session.closeNow(); // it was the alert
        }
        WriteRequest reply = request.getOriginalRequest();
        if (!reply.equals(request)) { // else it was part of a handshake
            next.messageSent(session, reply);
        }
    }
}
