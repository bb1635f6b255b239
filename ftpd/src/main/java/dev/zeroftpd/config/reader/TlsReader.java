package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.ClientCertificates;
import dev.zeroftpd.config.TlsOffer;
import dev.zeroftpd.config.TlsSettings;
import dev.zeroftpd.config.TlsSettings.NamedCertificate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the {@code tls.…} keys and checks that certificate, key and keystore fit together. One thread, one load. */
final class TlsReader {

    private final SettingValues values;

    TlsReader(SettingValues values) {
        this.values = values;
    }

    /** Leaves the files out if they contradict each other: then the load fails, after everything else was read. */
    TlsSettings read(Iterable<String> furtherNames) {
        Optional<Path> certificate = values.get(SettingKeys.TLS_CERTIFICATE);
        Optional<Path> privateKey = values.get(SettingKeys.TLS_KEY);
        Optional<Path> keystore = values.get(SettingKeys.TLS_KEYSTORE);
        Optional<String> password = values.get(SettingKeys.TLS_PASSWORD);
        ClientCertificates clients = values.get(SettingKeys.TLS_CLIENTS);
        Optional<Path> authorities = values.get(SettingKeys.TLS_AUTHORITIES);
        checkAuthorities(clients);
        boolean usable = isConsistent()
                && certificate.isPresent() == privateKey.isPresent()
                && (keystore.isPresent() || password.isEmpty());
        return new TlsSettings(
                certificate.filter(path -> usable),
                privateKey.filter(path -> usable),
                keystore.filter(path -> usable),
                password.filter(text -> usable),
                values.get(SettingKeys.TLS_REUSE),
                values.get(SettingKeys.TLS_CLOSE_NOTIFY),
                authorities.isPresent() ? clients : ClientCertificates.OFF,
                authorities,
                offer(),
                named(furtherNames));
    }

    private List<NamedCertificate> named(Iterable<String> names) {
        List<NamedCertificate> all = new ArrayList<>();
        for (String name : names) {
            SettingKey<Optional<Path>> certificate = SettingKeys.TLS_CERTIFICATE.named(name);
            SettingKey<Optional<Path>> key = SettingKeys.TLS_KEY.named(name);
            boolean complete = needs(certificate, key) && needs(key, certificate);
            if (complete && !values.isSet(SettingKeys.TLS_CERTIFICATE) && !values.isSet(SettingKeys.TLS_KEYSTORE)) {
                values.report(
                        certificate,
                        certificate.name() + " is set, but there is no certificate for clients that name no host",
                        "set tls.certificate and tls.private-key, or tls.keystore");
            }
            Optional<Path> chain = values.get(certificate);
            Optional<Path> privateKey = values.get(key);
            if (chain.isPresent() && privateKey.isPresent()) {
                all.add(new NamedCertificate(name, chain.get(), privateKey.get()));
            }
        }
        return all;
    }

    /** Offering a protocol without a cipher suite for it would be useless. */
    private TlsOffer offer() {
        TlsOffer offer = new TlsOffer(
                values.get(SettingKeys.TLS_PROTOCOLS),
                values.get(SettingKeys.TLS_SUITES).orElse(List.of()));
        for (String protocol : offer.protocols()) {
            if (offer.effectiveSuites().stream().noneMatch(suite -> TlsOffer.fits(protocol, suite))) {
                String example = TlsOffer.CIPHER_SUITES.stream()
                        .filter(suite -> TlsOffer.fits(protocol, suite) && !suite.contains("ECDSA"))
                        .findFirst()
                        .orElseThrow();
                values.report(
                        offer.cipherSuites().isEmpty() ? SettingKeys.TLS_PROTOCOLS : SettingKeys.TLS_SUITES,
                        "tls.cipher-suites has none that " + protocol + " can use, which tls.protocols names",
                        "add one to tls.cipher-suites, such as " + example + ", or take " + protocol
                                + " out of tls.protocols");
            }
        }
        return offer;
    }

    private void checkAuthorities(ClientCertificates clients) {
        if (clients != ClientCertificates.OFF && !values.isSet(SettingKeys.TLS_AUTHORITIES)) {
            values.report(
                    SettingKeys.TLS_CLIENTS,
                    "tls.client-certificates is on, but there is no tls.client-authorities",
                    "name a PEM file with the authorities that issue your clients' certificates");
        }
    }

    private boolean isConsistent() {
        // All three are asked, so that all that is wrong is reported.
        boolean hasKey = needs(SettingKeys.TLS_CERTIFICATE, SettingKeys.TLS_KEY);
        boolean hasCertificate = needs(SettingKeys.TLS_KEY, SettingKeys.TLS_CERTIFICATE);
        boolean hasKeystore = needs(SettingKeys.TLS_PASSWORD, SettingKeys.TLS_KEYSTORE);
        if (values.isSet(SettingKeys.TLS_CERTIFICATE) && values.isSet(SettingKeys.TLS_KEYSTORE)) {
            values.report(
                    SettingKeys.TLS_KEYSTORE,
                    "tls.keystore and tls.certificate are both set",
                    "remove one: the certificate comes from one place");
            return false;
        }
        return hasKey && hasCertificate && hasKeystore;
    }

    private boolean needs(SettingKey<?> key, SettingKey<?> other) {
        boolean lonely = values.isSet(key) && !values.isSet(other);
        if (lonely) {
            values.report(
                    key, key.name() + " is set, but " + other.name() + " isn't", "set both, or remove " + key.name());
        }
        return !lonely;
    }
}
