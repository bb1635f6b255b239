package dev.zeroftpd.server;

import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.admin.Endpoint;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.dataconnection.tls.TlsContexts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries what a start would do, without starting: for {@code ftpd check}. One thread; opens sockets only in {@link #bind}. */
public final class Preflight {

    private Preflight() {}

    /**
     * Loads the certificate and its key as a start does, and allows for this process what they need.
     *
     * @return the server's certificates; none if the settings name none
     * @throws ConfigException if a start would refuse them
     */
    public static List<X509Certificate> certificates(Settings settings) throws ConfigException {
        if (!settings.tls().hasCertificate()) {
            return List.of();
        }
        OldTls.allow(settings.tls().offer());
        return TlsContexts.load(settings.tls()).certificates();
    }

    /** Listens as a start does, on all addresses at the same time, and stops listening at once. */
    public static List<Problem> bind(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        List<ServerSocketChannel> open = new ArrayList<>();
        try {
            for (ListenerSettings listener : settings.listeners()) {
                Optional<Problem> unresolved = BindProblem.unresolved(settings, listener);
                unresolved.or(() -> bind(settings, listener, open)).ifPresent(problems::add);
            }
            settings.admin()
                    .http()
                    .flatMap(http -> BindProblem.unresolved(settings, http).or(() -> bind(settings, http, open)))
                    .ifPresent(problems::add);
        } finally {
            open.forEach(Preflight::close);
        }
        return problems;
    }

    private static Optional<Problem> bind(
            Settings settings, ListenerSettings listener, List<ServerSocketChannel> open) {
        return bind(new InetSocketAddress(listener.address(), listener.port()), open)
                .map(failure -> BindProblem.of(settings, listener, failure));
    }

    private static Optional<Problem> bind(Settings settings, Endpoint http, List<ServerSocketChannel> open) {
        return bind(http.socketAddress(), open).map(failure -> BindProblem.of(settings, http, failure));
    }

    /** Returns why it failed, if it did. */
    private static Optional<IOException> bind(InetSocketAddress address, List<ServerSocketChannel> open) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            open.add(channel);
            channel.bind(address);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    /** What a start would refuse of the token that guards metrics. */
    public static List<Problem> metricsToken(LoadedSettings loaded) {
        try {
            AdminPort.token(loaded);
            return List.of();
        } catch (ConfigException e) {
            return e.problems();
        }
    }

    private static void close(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException unimportant) {
            // It was only tried.
        }
    }
}
