package dev.zeroftpd.dataconnection.tls;

import dev.zeroftpd.config.ClientCertificates;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import org.apache.ftpserver.ssl.ClientAuth;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.jspecify.annotations.Nullable;

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

    private final ClientAuth clientAuth;
    private final String @Nullable [] protocols;
    private final String @Nullable [] suites;

    private TlsPolicy(ClientAuth clientAuth, String @Nullable [] protocols, String @Nullable [] suites) {
        this.clientAuth = clientAuth;
        this.protocols = protocols;
        this.suites = suites;
    }

    /** Ours, as far as the JDK supports it. */
    static TlsPolicy of(ClientCertificates clientCertificates, Set<String> supportedSuites) {
        ClientAuth clientAuth = switch (clientCertificates) {
            case OFF -> ClientAuth.NONE;
            case OPTIONAL -> ClientAuth.WANT;
            case REQUIRED -> ClientAuth.NEED;
        };
        return new TlsPolicy(
                clientAuth,
                PROTOCOLS.toArray(String[]::new),
                SUITES.stream().filter(supportedSuites::contains).toArray(String[]::new));
    }

    /** An embedder's. */
    static TlsPolicy of(SslConfiguration embedders) {
        return new TlsPolicy(
                embedders.getClientAuth(), embedders.getEnabledProtocols(), embedders.getEnabledCipherSuites());
    }

    ClientAuth clientAuth() {
        return clientAuth;
    }

    /** Null for the JDK's own. */
    String @Nullable [] protocols() {
        return protocols == null ? null : protocols.clone();
    }

    /** Null for the JDK's own. */
    String @Nullable [] suites() {
        return suites == null ? null : suites.clone();
    }

    /** Puts this policy into the parameters of a server's engine or socket. */
    SSLParameters applyTo(SSLParameters parameters) {
        if (protocols != null) {
            parameters.setProtocols(protocols);
        }
        if (suites != null) {
            parameters.setCipherSuites(suites);
        }
        parameters.setUseCipherSuitesOrder(true);
        switch (clientAuth) {
            case NEED -> parameters.setNeedClientAuth(true);
            case WANT -> parameters.setWantClientAuth(true);
            case NONE -> parameters.setWantClientAuth(false);
        }
        return parameters;
    }
}
