package dev.zeroftpd.dataconnection.tls;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.WriteRequest;
import org.apache.mina.core.write.WriteToClosedSessionException;
import org.apache.mina.filter.ssl.DisableEncryptWriteRequest;
import org.apache.mina.filter.ssl.EncryptedWriteRequest;
import org.apache.mina.filter.ssl.SslFilter;
import org.apache.mina.filter.ssl.SslHandler;

/**
 * Encrypts one control connection. Used by I/O threads and by those that write replies.
 *
 * <p>Unlike its parent it doesn't look up the client's host name, which could block an I/O thread for seconds; and it takes
 * calmly that another thread closes the session between two replies, where the parent fails for want of its handler.
 */
public final class ControlTlsFilter extends SslFilter {
    private final SessionTls tls;

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
        return tls.newControlEngine();
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
        WriteRequest reply = request.getOriginalRequest();
        if (!reply.equals(request)) { // else it was part of a handshake
            next.messageSent(session, reply);
        }
    }
}
