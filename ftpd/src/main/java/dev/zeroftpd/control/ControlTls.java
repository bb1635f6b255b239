package dev.zeroftpd.control;

import dev.zeroftpd.dataconnection.tls.TlsContexts;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.ssl.SslFilter;

/**
 * Makes the filter that encrypts one control connection, implicit or after AUTH (RFC 4217). One a listener; any thread.
 */
interface ControlTls {

    /** Where a listener has no TLS. */
    ControlTls NONE = () -> {
        throw new FtpException("TLS is not configured");
    };

    /** A filter for one session. May read the certificate's files. */
    SslFilter newFilter() throws FtpException;

    /** From our own contexts, one a session, or else from what the listener was given. */
    static ControlTls of(Optional<TlsContexts> contexts, Optional<SslConfiguration> stock) {
        if (contexts.isPresent()) {
            TlsContexts own = contexts.get();
            return () -> own.newSession().controlFilter();
        }
        return stock.map(ControlTls::stock).orElse(NONE);
    }

    private static ControlTls stock(SslConfiguration tls) {
        return () -> {
            try {
                return configured(new NamelessFilter(tls.getSSLContext()), tls);
            } catch (GeneralSecurityException e) {
                throw new FtpException("TLS could not be initialized", e);
            }
        };
    }

    private static SslFilter configured(SslFilter filter, SslConfiguration tls) {
        switch (tls.getClientAuth()) {
            case NEED -> filter.setNeedClientAuth(true);
            case WANT -> filter.setWantClientAuth(true);
            case NONE -> filter.setNeedClientAuth(false);
        }
        if (tls.getEnabledProtocols() != null) {
            filter.setEnabledProtocols(tls.getEnabledProtocols());
        }
        if (tls.getEnabledCipherSuites() != null) {
            filter.setEnabledCipherSuites(tls.getEnabledCipherSuites());
        }
        return filter;
    }

    /** Unlike its parent it never asks the DNS for the client's name, which could block an I/O thread for seconds. */
    final class NamelessFilter extends SslFilter {
        private NamelessFilter(SSLContext context) {
            super(context);
        }

        @Override
        protected SSLEngine createEngine(IoSession session, InetSocketAddress address) {
            return super.createEngine(
                    session,
                    InetSocketAddress.createUnresolved(address.getAddress().getHostAddress(), address.getPort()));
        }
    }
}
