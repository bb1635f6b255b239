package dev.zeroftpd.dataconnection.tls;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.ssl.SslFilter;

/**
 * Encrypts one control connection. Used by MINA's I/O threads.
 *
 * <p>Unlike its parent it doesn't look up the client's host name, which could block an I/O thread for seconds.
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
}
