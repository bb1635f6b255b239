package dev.zeroftpd.dataconnection.tls;

import dev.zeroftpd.config.ClientCertificates;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.ftpserver.ssl.ClientAuth;

/** What the server negotiates: protocols, cipher suites and their order, client certificates. Immutable. */
final class TlsPolicy {
    /** Older versions are forbidden by RFC 8996. */
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /**
     * Forward secrecy and authenticated encryption only (RFC 9325, section 4.2). AES-128-GCM comes first: it is the
     * fastest on every CPU with AES instructions, and no attack gets near its strength.
     */
    private static final List<String> SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private final ClientCertificates clientCertificates;
    private final String[] suites;

    TlsPolicy(ClientCertificates clientCertificates, Set<String> supportedSuites) {
        this.clientCertificates = clientCertificates;
        this.suites = SUITES.stream().filter(supportedSuites::contains).toArray(String[]::new);
    }

    ClientAuth clientAuth() {
        return switch (clientCertificates) {
            case OFF -> ClientAuth.NONE;
            case OPTIONAL -> ClientAuth.WANT;
            case REQUIRED -> ClientAuth.NEED;
        };
    }

    String[] protocols() {
        return PROTOCOLS.toArray(String[]::new);
    }

    String[] suites() {
        return suites.clone();
    }

    /** Makes {@code engine} a server with this policy. */
    void applyTo(SSLEngine engine) {
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(protocols());
        parameters.setCipherSuites(suites());
        parameters.setUseCipherSuitesOrder(true);
        switch (clientCertificates) {
            case REQUIRED -> parameters.setNeedClientAuth(true);
            case OPTIONAL -> parameters.setWantClientAuth(true);
            case OFF -> parameters.setWantClientAuth(false);
        }
        engine.setSSLParameters(parameters);
    }
}
