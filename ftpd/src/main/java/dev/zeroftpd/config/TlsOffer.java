package dev.zeroftpd.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which protocol versions and cipher suites TLS connections may use. Immutable; any thread.
 *
 * @param protocols of {@link #PROTOCOLS}, at least one
 * @param cipherSuites of {@link #CIPHER_SUITES}, the preferred one first; none: {@link #STRONG}
 */
public record TlsOffer(List<String> protocols, List<String> cipherSuites) {

    /** The last two are forbidden by RFC 8996, and here for devices that have nothing else. */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1");

    /**
     * Forward secrecy and authenticated encryption only (RFC 9325, section 4.2). AES-128-GCM comes first: it is the
     * fastest on every CPU with AES instructions, and no attack gets near its strength.
     */
    static final List<String> STRONG = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /** What old devices offer: no authenticated encryption, or no forward secrecy. Never what is broken (RC4, DES, NULL). */
    private static final List<String> OLD = List.of(
            "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
            "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_RSA_WITH_AES_256_CBC_SHA256",
            "TLS_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_256_CBC_SHA");

    /** Every cipher suite that may be named. */
    public static final List<String> CIPHER_SUITES =
            Stream.concat(STRONG.stream(), OLD.stream()).toList();

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException if one is unknown, or there is no protocol
     */
    public TlsOffer {
        protocols = List.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
        if (protocols.isEmpty() || !PROTOCOLS.containsAll(protocols) || !CIPHER_SUITES.containsAll(cipherSuites)) {
            throw new IllegalArgumentException("unknown TLS protocols or cipher suites: " + protocols + cipherSuites);
        }
    }

    /** The cipher suites that are offered, the preferred one first. */
    public List<String> effectiveSuites() {
        return cipherSuites.isEmpty() ? STRONG : cipherSuites;
    }

    /** Those of the offered protocols and cipher suites that RFC 8996 and RFC 9325 advise against. */
    public List<String> weak() {
        return Stream.concat(
                        protocols.stream().filter(PROTOCOLS.subList(2, PROTOCOLS.size())::contains),
                        cipherSuites.stream().filter(OLD::contains))
                .toList();
    }

    /** Whether a connection of {@code protocol} could use {@code suite}. */
    public static boolean fits(String protocol, String suite) {
        boolean ofTls13 = !suite.contains("_WITH_");
        return switch (protocol) {
            case "TLSv1.3" -> ofTls13;
            case "TLSv1.2" -> !ofTls13;
            default -> suite.endsWith("_CBC_SHA");
        };
    }
}
