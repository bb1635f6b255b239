package dev.zeroftpd.server;

import dev.zeroftpd.admin.metric.Metrics;
import dev.zeroftpd.command.transfer.LimitsByAccount;
import dev.zeroftpd.command.verb.Verbs;
import dev.zeroftpd.config.BanSettings;
import dev.zeroftpd.config.LimitSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.TlsMode;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.control.ControlConnections;
import dev.zeroftpd.control.ControlSettings;
import dev.zeroftpd.control.admission.SessionLimits;
import dev.zeroftpd.control.ban.BanFile;
import dev.zeroftpd.control.ban.BanRules;
import dev.zeroftpd.control.ban.Bans;
import dev.zeroftpd.control.ban.GoodLogins;
import dev.zeroftpd.control.ban.Guesses;
import dev.zeroftpd.control.ban.LoginFile;
import dev.zeroftpd.dataconnection.DataConnectionSettings;
import dev.zeroftpd.dataconnection.PassivePorts;
import dev.zeroftpd.dataconnection.tls.TlsContexts;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.Events;
import dev.zeroftpd.os.Landlock;
import dev.zeroftpd.os.Quantity;
import dev.zeroftpd.server.privilege.FencedHomes;
import dev.zeroftpd.storage.ftplet.HomeFileSystemFactory;
import dev.zeroftpd.storage.ftplet.HomeOptions;
import dev.zeroftpd.transfer.bandwidth.Bandwidth;
import dev.zeroftpd.transfer.loop.EventLoop;
import dev.zeroftpd.users.AccountUserManager;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.impl.DefaultFtpServerContext;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that a configured server consists of, built once and wired. Any thread; {@link #close} and {@link #drain}
 * block.
 */
final class ServerParts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerParts.class);

    /** The time that aborted transfers have to say 426 and 421 after the grace period. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /** How soon a shorter grace period is noticed. */
    private static final Duration STEP = Duration.ofMillis(200);

    private final Settings settings;
    private final GracePeriod grace = new GracePeriod(System::nanoTime);
    private final Optional<TlsContexts> tls;
    private final AccountUserManager users;
    private final Bandwidth bandwidth;
    private final LimitsByAccount transferLimits;
    private final DataPath dataPath;
    private final Optional<Metrics> metrics;
    private final Events events;
    private final Bans bans;
    private final GoodLogins goodLogins;
    private final ControlConnections sessions;
    private final ControlSettings controlSettings;
    private final DataConnectionSettings dataConnectionSettings;
    private final DefaultFtpServerContext context;
    private final ListenerBanners banners;

    private ServerParts(
            Settings settings,
            Optional<TlsContexts> tls,
            AccountUserManager users,
            Bandwidth bandwidth,
            LimitsByAccount transferLimits,
            DataPath dataPath) {
        this.settings = settings;
        this.tls = tls;
        this.users = users;
        this.bandwidth = bandwidth;
        this.transferLimits = transferLimits;
        this.dataPath = dataPath;
        Verbs verbs = dataPath.verbs();
        // no lambdas: they would load the class of what isn't there
        this.metrics =
                settings.admin().http().isPresent() ? Optional.of(new Metrics(verbs.namesByKey())) : Optional.empty();
        this.events = metrics.isPresent()
                ? EventWriters.ofLaunchedServer(metrics.get().events())
                : EventWriters.ofLaunchedServer();
        this.bans = bans(settings, events);
        this.goodLogins = GoodLogins.kept(new LoginFile(settings.stateDirectory()));
        this.sessions = new ControlConnections(sessionLimits(settings.limits()), new Guesses(bans, goodLogins), events);
        this.dataConnectionSettings = new DataConnectionSettings(
                settings.passive(),
                settings.active(),
                new PassivePorts(
                        settings.passive().ports(),
                        address -> sessions.prefixOf(address).first()),
                Math.toIntExact(settings.transfer().stallTimeout().toSeconds()));
        this.context = context(settings, verbs);
        this.banners = new ListenerBanners(settings);
        ControlSettings control = dataPath.control(sessions, verbs, tls);
        this.controlSettings =
                metrics.isPresent() ? control.telling(metrics.get().commands()::count) : control;
    }

    /** What it was built from. */
    Settings settings() {
        return settings;
    }

    /** @throws ConfigException if the certificate can't be used */
    static Optional<TlsContexts> loadTls(Settings settings) throws ConfigException {
        if (!settings.tls().hasCertificate()) {
            return Optional.empty();
        }
        OldTls.allow(settings.tls().offer());
        return Optional.of(TlsContexts.load(settings.tls()));
    }

    /** Starts the threads that all of it needs, that of the accounts among them. */
    static ServerParts build(Settings settings, Optional<TlsContexts> tls, AccountUserManager users)
            throws IOException {
        users.follow();
        Bandwidth bandwidth = new Bandwidth(
                settings.bandwidth().server(), settings.bandwidth().perAddress());
        LimitsByAccount limits =
                new LimitsByAccount(bandwidth, name -> users.accounts().find(name), settings.transfer());
        FencedHomes fenced = FencedHomes.ofProcess();
        reportFenced(fenced, users);
        users.onChange(() -> {
            limits.accountsChanged();
            reportFenced(fenced, users);
        });
        return new ServerParts(settings, tls, users, bandwidth, limits, DataPath.start(settings, limits));
    }

    private static void reportFenced(FencedHomes fenced, AccountUserManager users) {
        if (Landlock.isInForce()) {
            fenced.report(users.accounts());
        }
    }

    private DefaultFtpServerContext context(Settings from, Verbs verbs) {
        DefaultFtpServerContext made = new DefaultFtpServerContext();
        made.setUserManager(users);
        made.setFileSystemManager(
                new HomeFileSystemFactory(from.storage(), from.upload(), from.transfer(), HomeOptions.DEFAULTS));
        made.setCommandFactory(verbs);
        ConnectionConfigFactory connections = new ConnectionConfigFactory();
        connections.setMaxLogins(0); // sessions are limited where they are accepted
        connections.setMaxAnonymousLogins(0);
        connections.setMaxLoginFailures(from.limits().loginFailures());
        made.setConnectionConfig(connections.createConnectionConfig());
        return made;
    }

    DefaultFtpServerContext context() {
        return context;
    }

    ControlSettings controlSettings() {
        return controlSettings;
    }

    ListenerBanners banners() {
        return banners;
    }

    DataConnectionSettings dataConnectionSettings() {
        return dataConnectionSettings;
    }

    Events events() {
        return events;
    }

    /** What is counted, if anything is. */
    Optional<Metrics> metrics() {
        return metrics;
    }

    Optional<TlsContexts> tls() {
        return tls;
    }

    /** How many there are now. */
    int accounts() {
        return users.accounts().all().size();
    }

    /** When the first certificate expires that new sessions may get. */
    Optional<Instant> certificateEnd() {
        return tls.map(TlsContexts::end);
    }

    /** Whether the listener of that name is for TLS, or lets clients begin it. */
    boolean offersTls(String listener) {
        return settings.listeners().stream()
                .anyMatch(each -> each.name().equals(listener) && each.tls() != TlsMode.OFF);
    }

    /** Tells that the server has started, and from now on that its certificate expires. */
    void begin(String report) {
        events.publish(EventKind.START, report);
        tls.ifPresent(contexts -> {
            for (String name : contexts.ends().keySet()) {
                CertificateWatch watch = new CertificateWatch(
                        name, () -> contexts.ends().getOrDefault(name, Instant.MAX), events, InstantSource.system());
                watch.look();
                users.every(CertificateWatch.INTERVAL, watch::look);
            }
        });
    }

    ControlConnections sessions() {
        return sessions;
    }

    Bans bans() {
        return bans;
    }

    AccountUserManager users() {
        return users;
    }

    Optional<SslConfiguration> sslConfiguration() {
        return tls.map(TlsContexts::sslConfiguration);
    }

    EventLoop loop() {
        return dataPath.loop();
    }

    boolean answers(Duration patience) {
        return dataPath.answers(patience);
    }

    /** Returns what could not be used and stays as it was, and why. */
    List<String> reload(Settings changed) {
        List<String> kept = new ArrayList<>();
        if (!users.reload()) {
            kept.add("the accounts stay as they were, because "
                    + settings.users().file() + " is wrong; the log says where");
        }
        tls.flatMap(ServerParts::reloadCertificate).ifPresent(kept::add);
        sessions.limits(sessionLimits(changed.limits()));
        banners.apply(changed.listeners());
        transferLimits.stallTimeout(changed.transfer().stallTimeout());
        bans.rules(banRules(changed.bans()));
        bandwidth.limits(changed.bandwidth().server(), changed.bandwidth().perAddress());
        return kept;
    }

    private static SessionLimits sessionLimits(LimitSettings limits) {
        return new SessionLimits(
                limits.sessions(),
                limits.sessionsPerAddress(),
                limits.sessionsBeforeLogin(),
                limits.addressPrefixIpv6());
    }

    /** Bans may be switched on while the server runs. */
    private static Bans bans(Settings settings, Events events) {
        BanFile file = new BanFile(settings.stateDirectory());
        if (settings.bans().enabled()) {
            file.warnIfReadOnly();
        }
        return Bans.kept(banRules(settings.bans()), file, events);
    }

    private static BanRules banRules(BanSettings settings) {
        return new BanRules(
                settings.failures().count(),
                settings.failures().within(),
                settings.time(),
                settings.longest(),
                settings::allows,
                settings.names());
    }

    private static Optional<String> reloadCertificate(TlsContexts contexts) {
        try {
            contexts.reload();
            return Optional.empty();
        } catch (ConfigException e) {
            LOG.warn("Kept the last good certificate: {}", e.getMessage());
            return Optional.of("the certificate stays as it was: " + e.getMessage());
        }
    }

    /** Leaves files of state to a server that begins as soon as the ports are free. */
    void handOver() {
        bans.close();
        goodLogins.close();
    }

    /** Begins the grace period, or shortens it; the transfers go on for {@code before} in any case. */
    void endWithin(Optional<Duration> longest, Duration before) {
        grace.atMost(longest.orElse(settings.shutdownGrace()).plus(before));
    }

    /** Says goodbye to idle sessions, lets transfers go on for the grace period, then ends them. */
    void drain() {
        sessions.drain("Shutting down.");
        dataPath.hurry();
        try {
            if (!awaitNoSession()) {
                String transfers = Quantity.of(sessions.transferring(), "transfer");
                events.log(() -> LOG.info("Aborting {}: the grace period is over", transfers));
                sessions.cancelTransfers();
                sessions.awaitNone(LAST_WORDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitNoSession() throws InterruptedException {
        Duration left = grace.left();
        while (!sessions.awaitNone(left.compareTo(STEP) < 0 ? left : STEP)) {
            left = grace.left();
            if (left.isZero()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        dataPath.close();
        users.close();
        handOver();
    }
}
