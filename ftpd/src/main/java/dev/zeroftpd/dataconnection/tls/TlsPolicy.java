package dev.zeroftpd.dataconnection.tls;

import dev.zeroftpd.config.ClientCertificates;
import dev.zeroftpd.config.TlsOffer;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import org.apache.ftpserver.ssl.ClientAuth;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.jspecify.annotations.Nullable;

/** What the server negotiates: protocols, cipher suites and their order, client certificates. Immutable. */
final class TlsPolicy {
    private final ClientAuth clientAuth;
    private final String @Nullable [] protocols;
    private final String @Nullable [] suites;

    private TlsPolicy(ClientAuth clientAuth, String @Nullable [] protocols, String @Nullable [] suites) {
        this.clientAuth = clientAuth;
        this.protocols = protocols;
        this.suites = suites;
    }

    /** Ours, as far as the JDK supports it. */
    static TlsPolicy of(ClientCertificates clientCertificates, TlsOffer offer, Set<String> supportedSuites) {
        ClientAuth clientAuth = switch (clientCertificates) {
            case OFF -> ClientAuth.NONE;
            case OPTIONAL -> ClientAuth.WANT;
            case REQUIRED -> ClientAuth.NEED;
        };
        return new TlsPolicy(
                clientAuth,
                offer.protocols().toArray(String[]::new),
                offer.effectiveSuites().stream()
                        .filter(supportedSuites::contains)
                        .toArray(String[]::new));
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

    /**
     * FTP's name in ALPN (RFC 7301), for clients that say what they want to speak. A browser that was led here offers
     * {@code http/1.1} and is refused, so that it can't be made to say USER and PASS (the attack ALPACA).
     */
    private static final String FTP = "ftp";

    /** Puts this policy into the parameters of a server's engine or socket. */
    SSLParameters applyTo(SSLParameters parameters) {
        if (protocols != null) {
            parameters.setProtocols(protocols);
        }
        if (suites != null) {
            parameters.setCipherSuites(suites);
        }
        parameters.setUseCipherSuitesOrder(true);
        parameters.setApplicationProtocols(new String[] {FTP});
        switch (clientAuth) {
            case NEED -> parameters.setNeedClientAuth(true);
            case WANT -> parameters.setWantClientAuth(true);
            case NONE -> parameters.setWantClientAuth(false);
        }
        return parameters;
    }
}
