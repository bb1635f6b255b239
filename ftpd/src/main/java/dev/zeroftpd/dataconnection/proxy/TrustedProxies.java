package dev.zeroftpd.dataconnection.proxy;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;

/**
 * The peers of one listener that say who their clients are, and that must. Immutable; any thread.
 *
 * @param ranges of their addresses
 */
public record TrustedProxies(List<? extends Predicate<InetAddress>> ranges) {

    /** Copies the list. */
    public TrustedProxies {
        ranges = List.copyOf(ranges);
    }

    /** Whether a socket's own peer is one of them. */
    public boolean include(InetAddress peer) {
        return ranges.stream().anyMatch(range -> range.test(peer));
    }
}
