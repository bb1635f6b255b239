package dev.zeroftpd.operator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What can be said of a server in a few words. Immutable; any thread.
 *
 * @param configuration the file that it was started with, if there was one
 */
public record ServerStatus(
        String version,
        Instant started,
        boolean draining,
        List<ListenerStatus> listeners,
        Optional<String> configuration) {

    public ServerStatus {
        listeners = List.copyOf(listeners);
    }

    /**
     * One listener.
     *
     * @param address {@code ADDRESS:PORT}
     * @param tls off, explicit, required or implicit
     */
    public record ListenerStatus(String name, String address, String tls) {}
}
