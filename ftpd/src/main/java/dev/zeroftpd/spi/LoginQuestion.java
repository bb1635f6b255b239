package dev.zeroftpd.spi;

import java.net.InetAddress;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Somebody wants to log in. Immutable; any thread.
 *
 * @param name as the client wrote it: whatever a stranger may think of
 * @param password never empty; must not be logged
 * @param address the client's; empty where it isn't known
 * @param tls whether the client's control connection is encrypted
 * @param groups the groups that {@code users.properties} has: an answer can name only these
 */
public record LoginQuestion(
        String name, String password, Optional<InetAddress> address, boolean tls, SortedSet<String> groups) {

    /** Without the password. */
    @Override
    public String toString() {
        return "login of " + name
                + address.map(from -> " from " + from.getHostAddress()).orElse("");
    }
}
