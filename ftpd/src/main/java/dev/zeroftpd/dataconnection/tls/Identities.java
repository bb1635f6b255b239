package dev.zeroftpd.dataconnection.tls;

import dev.zeroftpd.config.TlsSettings;
import dev.zeroftpd.config.TlsSettings.NamedCertificate;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.dataconnection.tls.pem.CertificateProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the server can prove itself with: its first certificate, and those for other host names (RFC 6066, section 3).
 * Immutable; any thread.
 */
final class Identities {

    private final Identity first;
    private final Map<String, Identity> named;
    private final List<Identity> all;

    private Identities(Identity first, Map<String, Identity> named) {
        this.first = first;
        this.named = named;
        List<Identity> both = new ArrayList<>(List.of(first));
        both.addAll(named.values());
        this.all = List.copyOf(both);
    }

    /** Loads {@code first} and those that the settings have under names. */
    static Identities load(CertificateSource first, TlsSettings settings) throws ConfigException {
        Map<String, Identity> named = new LinkedHashMap<>();
        for (NamedCertificate each : settings.named()) {
            Identity identity = Identity.load(new CertificateSource.Pem(each.certificate(), each.privateKey()));
            if (identity.hostNames().isEmpty()) {
                throw CertificateProblem.of(
                        each.certificate(),
                        "has no host name (subjectAltName), so no client would get it",
                        "have it issued with names, or remove tls." + each.name() + ".certificate");
            }
            named.put(each.name(), identity);
        }
        return new Identities(Identity.load(first), named);
    }

    /** The one that clients get who ask for no name, or for one that no certificate has. */
    Identity first() {
        return first;
    }

    List<Identity> all() {
        return all;
    }

    /** When each of them expires; the first one has an empty name. */
    Map<String, Instant> ends() {
        Map<String, Instant> ends = new LinkedHashMap<>(Map.of("", first.end()));
        named.forEach((name, identity) -> ends.put(name, identity.end()));
        return ends;
    }

    /**
     * The one for a host name: one that has the name itself goes before one with a wildcard for it, and the order of the
     * settings decides otherwise.
     */
    Optional<Identity> find(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        int dot = name.indexOf('.');
        Optional<Identity> exact = having(name);
        // A wildcard stands for one label (RFC 9525, section 6.3).
        return exact.isPresent() || dot <= 0 ? exact : having("*" + name.substring(dot));
    }

    private Optional<Identity> having(String name) {
        return all.stream()
                .filter(identity -> identity.hostNames().contains(name))
                .findFirst();
    }
}
