package dev.zeroftpd.control;

import dev.zeroftpd.dataconnection.tls.SessionTls;
import dev.zeroftpd.dataconnection.tls.TlsContexts;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.mina.filter.ssl.SslFilter;

/**
 * Makes the filter that encrypts one control connection, from its first byte or after AUTH (RFC 4217). One per
 * listener; any thread.
 */
interface ControlTls {

    /** Where a listener has no TLS. */
    ControlTls NONE = () -> {
        throw new FtpException("TLS is not configured");
    };

    /** A filter for one session. May read the certificate's files. */
    SslFilter newFilter() throws FtpException;

    /** From our own contexts, one per session, or else from the listener's TLS configuration. */
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
                return SessionTls.of(tls).controlFilter();
            } catch (GeneralSecurityException e) {
                throw new FtpException("TLS could not be initialized", e);
            }
        };
    }
}
