package dev.zeroftpd.server;

import dev.zeroftpd.admin.http.AdminServer;
import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.control.ZeroCopyListener;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ports of all listeners and of {@code admin.http}, bound before the process gives up its rights and before any thread serves; clients that
 * connect wait. One thread.
 */
final class BoundPorts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BoundPorts.class);

    private final Map<String, ServerSocketChannel> byListener = new HashMap<>();
    private Optional<AdminServer> http = Optional.empty();

    private BoundPorts() {}

    /** @throws ConfigException if one can't be bound: then none is */
    static BoundPorts bind(LoadedSettings loaded) throws ConfigException {
        Settings settings = loaded.settings();
        BoundPorts ports = new BoundPorts();
        for (ListenerSettings listener : settings.listeners()) {
            Optional<Problem> problem = ports.bind(settings, listener);
            if (problem.isPresent()) {
                ports.close();
                throw new ConfigException(problem.get());
            }
        }
        try {
            ports.http = AdminPort.bind(loaded);
        } catch (ConfigException e) {
            ports.close();
            throw e;
        }
        return ports;
    }

    /** Where metrics and health will be told, if they are. */
    Optional<AdminServer> http() {
        return http;
    }

    ServerSocketChannel of(ListenerSettings listener) {
        return Objects.requireNonNull(byListener.get(listener.name()));
    }

    private Optional<Problem> bind(Settings settings, ListenerSettings listener) {
        Optional<Problem> unresolved = BindProblem.unresolved(settings, listener);
        if (unresolved.isPresent()) {
            return unresolved;
        }
        try {
            byListener.put(listener.name(), ZeroCopyListener.bind(listener.address(), listener.port()));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(BindProblem.of(settings, listener, e));
        }
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
        http.ifPresent(AdminServer::close);
    }
}
