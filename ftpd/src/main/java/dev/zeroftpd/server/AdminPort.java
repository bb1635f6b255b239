package dev.zeroftpd.server;

import dev.zeroftpd.admin.http.AdminServer;
import dev.zeroftpd.admin.http.MetricsToken;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.admin.Endpoint;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.os.ErrorNumber;
import dev.zeroftpd.os.ErrorText;
import dev.zeroftpd.server.bind.BindProblem;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Binds the port for metrics and health, and reads what guards it. Stateless; one thread. */
final class AdminPort {

    /** A server that drains sees within {@link Succession}'s pause that there is a new one, and frees the port. */
    private static final Duration PREDECESSOR = Duration.ofSeconds(1);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private AdminPort() {}

    /**
     * Empty if the settings name none; then nothing of it is loaded.
     *
     * @throws ConfigException if it can't be bound, or the token can't be used
     */
    static Optional<AdminServer> bind(LoadedSettings loaded) throws ConfigException {
        Settings settings = loaded.settings();
        if (settings.admin().http().isEmpty()) {
            return Optional.empty();
        }
        Endpoint endpoint = settings.admin().http().get();
        Optional<Problem> unresolved = BindProblem.unresolved(settings, endpoint);
        if (unresolved.isPresent()) {
            throw new ConfigException(unresolved.get());
        }
        Optional<byte[]> token = token(loaded);
        long giveUp = System.nanoTime() + PREDECESSOR.toNanos();
        while (true) {
            try {
                return Optional.of(AdminServer.bind(settings.admin(), endpoint, token));
            } catch (IOException e) {
                if (System.nanoTime() - giveUp > 0 || !isInUse(e)) {
                    throw new ConfigException(BindProblem.of(settings, endpoint, e));
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** Why it can't be bound now, if it is to be and can't; no longer bound when this returns. */
    static Optional<Problem> fault(Settings settings) {
        return settings.admin()
                .http()
                .flatMap(endpoint -> BindProblem.unresolved(settings, endpoint).or(() -> fault(settings, endpoint)));
    }

    private static Optional<Problem> fault(Settings settings, Endpoint endpoint) {
        try (ServerSocketChannel tried = ServerSocketChannel.open()) {
            tried.bind(endpoint.socketAddress());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(BindProblem.of(settings, endpoint, e));
        }
    }

    private static boolean isInUse(IOException failure) {
        return ErrorText.number(failure).orElse(0) == ErrorNumber.EADDRINUSE;
    }

    /**
     * What clients need for metrics; empty if that is nothing, or if there are none.
     *
     * @throws ConfigException if the file has no token
     */
    static Optional<byte[]> token(LoadedSettings loaded) throws ConfigException {
        Optional<Path> file = loaded.settings().admin().metricsToken();
        if (file.isEmpty() || loaded.settings().admin().http().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(MetricsToken.read(file.get()));
        } catch (ConfigException e) {
            throw loaded.located(e);
        }
    }
}
