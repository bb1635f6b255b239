package dev.zeroftpd.server;

import dev.zeroftpd.admin.http.AdminServer;
import dev.zeroftpd.admin.http.Content;
import dev.zeroftpd.admin.metric.Exposition;
import dev.zeroftpd.admin.metric.Metrics;
import dev.zeroftpd.admin.metric.Totals;
import dev.zeroftpd.admin.page.sign.PageRole;
import dev.zeroftpd.config.PortRange;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.dataconnection.tls.TlsContexts;
import dev.zeroftpd.operator.OperatedServer;
import dev.zeroftpd.operator.OperatedServer.WebLink;
import dev.zeroftpd.operator.Refused;
import dev.zeroftpd.server.page.PageParts;
import dev.zeroftpd.server.page.Vitals;
import dev.zeroftpd.server.page.WatchedServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.ftpserver.impl.DefaultFtpServer;
import org.apache.ftpserver.listener.Listener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells metrics and health of a server by HTTP, from before it listens until it has ended, and shows the live page. Any thread. */
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
    private final PageParts page;
    private volatile Optional<ServerLookups> lookups = Optional.empty();
    private volatile Phase phase = Phase.STARTING;

    private Administration(AdminServer http, ServerParts parts, Metrics metrics) {
        this.http = http;
        this.parts = parts;
        this.metrics = metrics;
        this.page = parts.page().orElseThrow();
    }

    /** Tells from now on that the server starts. */
    static Onlooker begin(AdminServer http, ServerParts parts) {
        Administration administration =
                new Administration(http, parts, parts.metrics().orElseThrow());
        http.start(administration, administration.page, parts.tls().map(Administration::security));
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
        parts.users()
                .every(
                        PageParts.STEP,
                        () -> page.sample(
                                totals(),
                                parts.sessions().count(),
                                parts.sessions().transferring()));
    }

    @Override
    public void operated(OperatedServer server) {
        page.open(new WatchedServer(server, this::totals, parts.users()::accounts, this::vitals, parts.events(), page));
    }

    private Totals totals() {
        return metrics.totals(() -> lookups.map(ServerLookups::running).orElse(List.of()));
    }

    private Vitals vitals() {
        PortRange ports = parts.settings().passive().ports();
        return new Vitals(
                parts.tls().map(TlsContexts::ends).orElse(Map.of()),
                parts.dataConnectionSettings().passivePortsInUse(),
                ports.isAny() ? OptionalInt.empty() : OptionalInt.of(ports.size()),
                parts.hooks().isPresent() ? OptionalLong.of(parts.hooks().get().waiting()) : OptionalLong.empty(),
                ThreadKinds.count(),
                parts.sessions().count(),
                parts.sessions().most(),
                parts.users().isFileRight());
    }

    @Override
    public WebLink invite(String role, String name) throws Refused {
        PageRole parsed = PageRole.parse(role)
                .orElseThrow(() -> Refused.wrong("there is no role " + role + ": viewer, admin or admin:GROUP"));
        Optional<String> group = parsed.group();
        if (group.isPresent()
                && parts.users().accounts().all().stream()
                        .noneMatch(account -> account.groups().contains(group.get()))) {
            throw Refused.because("no account is in a group " + group.get());
        }
        return page.invite(http.link(), parsed, name);
    }

    @Override
    public void draining() {
        phase = Phase.DRAINING;
    }

    @Override
    public void handOver() {
        page.handOver();
    }

    @Override
    public void freed(DefaultFtpServer server) {
        server.getListeners().values().stream()
                .findFirst()
                .map(Administration::address)
                .ifPresent(address -> Succession.await(address, this::ended));
    }

    private static InetSocketAddress address(Listener listener) {
        String host = listener.getServerAddress();
        return host == null
                ? new InetSocketAddress(listener.getPort())
                : new InetSocketAddress(host, listener.getPort());
    }

    /** Reads the token again. */
    @Override
    public Optional<String> reload(LoadedSettings loaded) {
        try {
            http.token(AdminPort.token(loaded));
            return Optional.empty();
        } catch (ConfigException e) {
            LOG.warn("Kept the token for metrics: {}", e.getMessage());
            return Optional.of("the token for metrics stays as it was: " + e.getMessage());
        }
    }

    @Override
    public String metrics(Exposition.Format format) {
        Optional<ServerLookups> known = lookups;
        return metrics.text(
                format,
                text -> known.ifPresent(server -> server.write(text)),
                () -> known.map(ServerLookups::running).orElse(List.of()));
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
        page.close();
        http.close();
    }
}
