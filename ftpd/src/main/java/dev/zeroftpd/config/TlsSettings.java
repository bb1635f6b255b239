package dev.zeroftpd.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The server's certificate, and how strict TLS connections are. Immutable; any thread.
 *
 * <p>Either {@code certificate} and {@code privateKey}, or {@code keystore}, or none of them.
 *
 * @param certificate PEM file: the server's certificate, then its intermediates
 * @param privateKey PEM file (PKCS #8) of the certificate's key
 * @param keystore PKCS #12 or JKS file
 * @param keystorePassword for the keystore and its key
 * @param requireCloseNotify whether an upload that ends without TLS's close_notify counts as cut off
 * @param clientAuthorities PEM file with the authorities that may have issued clients' certificates: never the public
 *     ones that browsers trust, which issue to anybody
 * @param named certificates beside the first one, for clients that ask for a host name in them
 */
public record TlsSettings(
        Optional<Path> certificate,
        Optional<Path> privateKey,
        Optional<Path> keystore,
        Optional<String> keystorePassword,
        SessionReuse sessionReuse,
        boolean requireCloseNotify,
        ClientCertificates clientCertificates,
        Optional<Path> clientAuthorities,
        TlsOffer offer,
        List<NamedCertificate> named) {

    /**
     * A further certificate, for clients that ask for one of the host names in it.
     *
     * @param name what the settings call it
     * @param certificate PEM file: the server's certificate, then its intermediates
     * @param privateKey PEM file of the certificate's key
     */
    public record NamedCertificate(String name, Path certificate, Path privateKey) {}

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if certificate, key and keystore contradict each other
     */
    public TlsSettings {
        named = List.copyOf(named);
        if (certificate.isPresent() != privateKey.isPresent()) {
            throw new IllegalArgumentException("tls.certificate and tls.private-key belong together");
        }
        if (certificate.isPresent() && keystore.isPresent()) {
            throw new IllegalArgumentException("use either tls.certificate or tls.keystore");
        }
        if (keystorePassword.isPresent() && keystore.isEmpty()) {
            throw new IllegalArgumentException("tls.keystore-password needs tls.keystore");
        }
        if (clientCertificates != ClientCertificates.OFF && clientAuthorities.isEmpty()) {
            throw new IllegalArgumentException("tls.client-certificates needs tls.client-authorities");
        }
    }

    /** Whether listeners can offer TLS. */
    public boolean hasCertificate() {
        return certificate.isPresent() || keystore.isPresent();
    }

    /** All files of certificates, keys and authorities. */
    public Stream<Path> files() {
        Stream<Path> ofNames = named.stream().flatMap(each -> Stream.of(each.certificate(), each.privateKey()));
        return Stream.concat(
                Stream.of(certificate, privateKey, keystore, clientAuthorities).flatMap(Optional::stream), ofNames);
    }

    /** Without the password: settings are logged. */
    @Override
    public String toString() {
        return "TlsSettings[certificate=" + certificate + ", privateKey=" + privateKey + ", keystore=" + keystore
                + ", sessionReuse=" + sessionReuse + ", requireCloseNotify=" + requireCloseNotify
                + ", clientCertificates=" + clientCertificates
                + ", clientAuthorities=" + clientAuthorities + ", offer=" + offer + ", named=" + named + "]";
    }
}
