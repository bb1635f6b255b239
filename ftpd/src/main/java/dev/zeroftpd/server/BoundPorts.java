package dev.zeroftpd.server;

import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.control.ZeroCopyListener;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ports of all listeners, bound before the process gives up its rights and before any thread serves; clients that
 * connect wait. One thread.
 */
final class BoundPorts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BoundPorts.class);

    /** Those below it are root's, unless the system was told otherwise. */
    private static final int USUAL_START = 1024;

    private final Map<String, ServerSocketChannel> byListener = new HashMap<>();

    private BoundPorts() {}

    /** @throws ConfigException if one can't be bound: then none is */
    static BoundPorts bind(Settings settings) throws ConfigException {
        BoundPorts ports = new BoundPorts();
        for (ListenerSettings listener : settings.listeners()) {
            try {
                ports.byListener.put(listener.name(), ZeroCopyListener.bind(listener.address(), listener.port()));
            } catch (IOException | RuntimeException e) {
                ports.close();
                throw new ConfigException(problem(settings, listener, e));
            }
        }
        return ports;
    }

    ServerSocketChannel of(ListenerSettings listener) {
        return Objects.requireNonNull(byListener.get(listener.name()));
    }

    private static Problem problem(Settings settings, ListenerSettings listener, Exception failure) {
        String where = settings.file().map(Object::toString).orElse("listener.port");
        return new Problem(
                where,
                "the server can't listen on " + listener.address() + " port " + listener.port() + ": "
                        + failure.getMessage(),
                "choose a free port with listener.port or --set listener.port=PORT, or stop what uses it"
                        + (listener.port() < USUAL_START && listener.port() > 0
                                ? "; low ports need root (see process.user) or CAP_NET_BIND_SERVICE"
                                : ""));
    }

    private static void close(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A port can't be closed", e);
        }
    }

    /** Also closes those that listeners use. */
    @Override
    public void close() {
        byListener.values().forEach(BoundPorts::close);
    }
}
