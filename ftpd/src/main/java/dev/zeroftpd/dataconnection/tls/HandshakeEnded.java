package dev.zeroftpd.dataconnection.tls;

import javax.net.ssl.SSLException;

/** A TLS handshake ended for a reason that we know in words. */
final class HandshakeEnded extends SSLException {
    private static final long serialVersionUID = 1;

    HandshakeEnded(String why) {
        super(why);
    }
}
