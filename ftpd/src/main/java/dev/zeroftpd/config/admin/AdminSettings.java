package dev.zeroftpd.config.admin;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where metrics, health and the live page are, and for whom. Immutable; any thread.
 *
 * @param http where they are told by HTTP; empty: nowhere, and nothing of it is loaded
 * @param allowFrom the addresses of clients that are answered
 * @param tls whether it is HTTPS, with the server's certificate
 * @param hostNames the names, in lower case, by which clients may call this server, beside {@code localhost} and addresses
 * @param pathPrefix what all paths begin with; begins and ends with a slash
 * @param proxyFrom the addresses of reverse proxies, which say who their clients are; empty: nothing that is said is believed
 * @param metricsToken the file with the token that a client needs for metrics; empty: none is needed
 */
public record AdminSettings(
        Optional<Endpoint> http,
        List<? extends Predicate<InetAddress>> allowFrom,
        boolean tls,
        Set<String> hostNames,
        String pathPrefix,
        List<? extends Predicate<InetAddress>> proxyFrom,
        Optional<Path> metricsToken) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the prefix isn't between slashes
     */
    public AdminSettings {
        allowFrom = List.copyOf(allowFrom);
        hostNames = Set.copyOf(hostNames);
        proxyFrom = List.copyOf(proxyFrom);
        if (!pathPrefix.startsWith("/") || !pathPrefix.endsWith("/")) {
            throw new IllegalArgumentException("admin.path-prefix must begin and end with a slash, not " + pathPrefix);
        }
    }

    /** Whether a client with this address is answered. */
    public boolean allows(InetAddress address) {
        return allowFrom.stream().anyMatch(range -> range.test(address));
    }

    /** Whether a peer with this address is a reverse proxy of the operator's. */
    public boolean isProxy(InetAddress address) {
        return proxyFrom.stream().anyMatch(range -> range.test(address));
    }
}
