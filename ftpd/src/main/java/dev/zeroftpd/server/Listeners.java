package dev.zeroftpd.server;

import dev.zeroftpd.charset.NameCharset;
import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.TlsMode;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.control.BindFailure;
import dev.zeroftpd.control.ListenerTerms;
import dev.zeroftpd.control.ZeroCopyListener;
import dev.zeroftpd.dataconnection.proxy.TrustedProxies;
import dev.zeroftpd.os.HostAndPort;
import dev.zeroftpd.server.bind.BindProblem;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.impl.DefaultFtpServer;
import org.apache.ftpserver.impl.DefaultFtpServerContext;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.jspecify.annotations.Nullable;

/** Makes the configured listeners and starts a server with them. Stateless. */
final class Listeners {

    private Listeners() {}

    /** @param deaf called if a listener can accept no more */
    static DefaultFtpServer start(Settings settings, BoundPorts ports, ServerParts parts, Consumer<Error> deaf)
            throws ConfigException {
        DefaultFtpServerContext context = parts.context();
        Map<String, Listener> listeners = new LinkedHashMap<>();
        for (ListenerSettings listener : settings.listeners()) {
            listeners.put(listener.name(), create(listener, parts, deaf).on(ports.of(listener)));
        }
        context.setListeners(listeners);
        DefaultFtpServer server = new DefaultFtpServer(context);
        try {
            server.start();
        } catch (BindFailure e) {
            throw new ConfigException(problem(settings, e));
        } catch (FtpException e) {
            throw new IllegalStateException("no Ftplet is configured that could refuse to start", e);
        }
        return server;
    }

    private static ZeroCopyListener create(ListenerSettings listener, ServerParts parts, Consumer<Error> deaf) {
        @Nullable
        SslConfiguration tls =
                listener.tls() == TlsMode.OFF ? null : parts.sslConfiguration().orElse(null);
        return new ZeroCopyListener(
                listener.address(),
                listener.port(),
                listener.tls() == TlsMode.IMPLICIT,
                tls,
                parts.dataConnectionSettings(),
                Math.toIntExact(listener.idleTimeout().toSeconds()),
                null,
                parts.controlSettings().with(terms(listener, parts), deaf));
    }

    private static ListenerTerms terms(ListenerSettings listener, ServerParts parts) {
        return new ListenerTerms(
                listener.tls() == TlsMode.REQUIRED,
                listener.requiresProtectedData(),
                NameCharset.of(listener.charset()),
                listener.loginTimeout(),
                proxies(listener),
                parts.banners().of(listener));
    }

    private static Optional<TrustedProxies> proxies(ListenerSettings listener) {
        return listener.proxies().isEmpty() ? Optional.empty() : Optional.of(new TrustedProxies(listener.proxies()));
    }

    private static Problem problem(Settings settings, BindFailure failure) {
        ListenerSettings listener = settings.listeners().stream()
                .filter(candidate ->
                        failure.address().equals(new InetSocketAddress(candidate.address(), candidate.port())))
                .findFirst()
                .orElseThrow(() -> failure);
        return BindProblem.of(settings, listener, failure.reason());
    }

    /** {@code ADDRESS:PORT}, the real port, IPv6 in brackets. */
    static String describe(Listener listener) {
        String address = listener.getServerAddress();
        String shown = address == null ? "0.0.0.0" : address;
        try {
            shown = InetAddress.getByName(shown).getHostAddress();
        } catch (UnknownHostException e) {
            // it was bound a moment ago, so this is as good a name as any
        }
        return HostAndPort.text(shown, listener.getPort());
    }
}
