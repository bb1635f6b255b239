package dev.zeroftpd.server;

import dev.zeroftpd.admin.http.AdminServer;
import dev.zeroftpd.admin.http.Content;
import dev.zeroftpd.admin.metric.Exposition;
import dev.zeroftpd.admin.metric.Metrics;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.dataconnection.tls.TlsContexts;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.apache.ftpserver.impl.DefaultFtpServer;
import org.apache.ftpserver.listener.Listener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells metrics and health of a server by HTTP, from before it listens until it has ended. Any thread. */
final class Administration implements Content, Onlooker {

    private static final Logger LOG = LoggerFactory.getLogger(Administration.class);

    /** An event loop does nothing that takes long; one that hasn't answered by then is stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Where the server is in its life. */
    private enum Phase {
        STARTING("starting"),
        LISTENING(""),
        DRAINING("draining");

        private final String words;

        Phase(String words) {
            this.words = words;
        }
    }

    private final AdminServer http;
    private final ServerParts parts;
    private final Metrics metrics;
    private volatile Optional<ServerLookups> lookups = Optional.empty();
    private volatile Phase phase = Phase.STARTING;

    private Administration(AdminServer http, ServerParts parts, Metrics metrics) {
        this.http = http;
        this.parts = parts;
        this.metrics = metrics;
    }

    /** Tells from now on that the server starts. */
    static Onlooker begin(AdminServer http, ServerParts parts) {
        Administration administration =
                new Administration(http, parts, parts.metrics().orElseThrow());
        http.start(administration, parts.tls().map(Administration::security));
        return administration;
    }

    private static AdminServer.Security security(TlsContexts tls) {
        return new AdminServer.Security(tls.lastingContext(), tls::lastingParameters);
    }

    @Override
    public void listening(DefaultFtpServer server) {
        lookups = Optional.of(new ServerLookups(server, parts, () -> phase == Phase.DRAINING));
        phase = Phase.LISTENING;
        String where = http.address();
        parts.events().log(() -> LOG.info("Metrics and health on {}", where));
    }

    @Override
    public void draining() {
        phase = Phase.DRAINING;
    }

    @Override
    public void freed(DefaultFtpServer server) {
        server.getListeners().values().stream()
                .findFirst()
                .map(Administration::address)
                .ifPresent(address -> Succession.await(address, http::close));
    }

    private static InetSocketAddress address(Listener listener) {
        String host = listener.getServerAddress();
        return host == null
                ? new InetSocketAddress(listener.getPort())
                : new InetSocketAddress(host, listener.getPort());
    }

    /** Reads the token again. */
    @Override
    public void reload(LoadedSettings loaded) {
        try {
            http.token(AdminPort.token(loaded));
        } catch (ConfigException e) {
            LOG.warn("Kept the token for metrics: {}", e.getMessage());
        }
    }

    @Override
    public String metrics(Exposition.Format format) {
        Optional<ServerLookups> known = lookups;
        return metrics.text(format, text -> known.ifPresent(server -> server.write(text)));
    }

    @Override
    public Optional<String> notReady() {
        Phase now = phase;
        return now == Phase.LISTENING ? Optional.empty() : Optional.of(now.words);
    }

    @Override
    public boolean isAlive() {
        return parts.answers(PATIENCE);
    }

    @Override
    public void ended() {
        http.close();
    }
}
