package dev.zeroftpd.command.login;

import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that a session's client has shown in the TLS handshake of its control connection, where it was verified: by
 * {@code tls.client-authorities}, and that the client has its key. Stateless; any thread.
 */
public final class ClientCertificate {

    private ClientCertificate() {}

    /** Empty without TLS, and for a client that has shown none. */
    public static Optional<X509Certificate> shown(FtpIoSession session) {
        Certificate @Nullable [] chain = session.getClientCertificates();
        return chain != null && chain.length > 0 && chain[0] instanceof X509Certificate own
                ? Optional.of(own)
                : Optional.empty();
    }

    /** The same if it is valid now: a session may last for longer than its certificate. */
    static Optional<X509Certificate> valid(FtpIoSession session) {
        return shown(session).filter(ClientCertificate::isValid);
    }

    private static boolean isValid(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }
}
