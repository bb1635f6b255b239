package dev.zeroftpd.server;

import dev.zeroftpd.admin.http.AdminServer;
import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.control.ZeroCopyListener;
import dev.zeroftpd.server.bind.BindProblem;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

    /** @throws ConfigException if some can't be bound: then none is */
    static BoundPorts bind(LoadedSettings loaded) throws ConfigException {
        BoundPorts ports = new BoundPorts();
        try {
            List<Problem> problems = ports.bindListeners(loaded.settings());
            if (!problems.isEmpty()) {
                throw new ConfigException(problems);
            }
            ports.http = AdminPort.bind(loaded);
        } catch (ConfigException e) {
            ports.close();
            throw e;
        }
        return ports;
    }

    /** Why some can't be bound now; binds all at the same time, as {@link #bind} does, and none any more when it returns. */
    static List<Problem> problems(Settings settings) {
        try (BoundPorts ports = new BoundPorts()) {
            List<Problem> problems = new ArrayList<>(ports.bindListeners(settings));
            AdminPort.fault(settings).ifPresent(problems::add);
            return problems;
        }
    }

    private List<Problem> bindListeners(Settings settings) {
        return settings.listeners().stream()
                .map(listener -> bind(settings, listener))
                .flatMap(Optional::stream)
                .toList();
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
