package dev.zeroftpd.dataconnection.tls;

import java.io.IOException;

/** Says why a data connection never became a TLS connection; its message is fit for a reply. Immutable. */
public final class TlsHandshakeException extends IOException {
    private static final long serialVersionUID = 1L;

    TlsHandshakeException(String message) {
        super(message);
    }

    TlsHandshakeException(String message, Throwable cause) {
        super(message, cause);
    }
}
