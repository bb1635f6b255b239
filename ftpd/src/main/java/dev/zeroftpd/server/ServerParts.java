package dev.zeroftpd.server;

import dev.zeroftpd.admin.metric.Metrics;
import dev.zeroftpd.command.verb.Verbs;
import dev.zeroftpd.config.LimitSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.TlsMode;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.control.ControlConnections;
import dev.zeroftpd.control.ControlSettings;
import dev.zeroftpd.control.admission.SessionLimits;
import dev.zeroftpd.control.ban.Bans;
import dev.zeroftpd.control.ban.GoodLogins;
import dev.zeroftpd.control.ban.Guesses;
import dev.zeroftpd.control.ban.LoginFile;
import dev.zeroftpd.dataconnection.DataConnectionSettings;
import dev.zeroftpd.dataconnection.PassivePorts;
import dev.zeroftpd.dataconnection.tls.TlsContexts;
import dev.zeroftpd.hook.Hooks;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.EventWriter;
import dev.zeroftpd.ops.event.Events;
import dev.zeroftpd.os.Landlock;
import dev.zeroftpd.server.hook.HookParts;
import dev.zeroftpd.server.page.PageParts;
import dev.zeroftpd.server.privilege.FencedHomes;
import dev.zeroftpd.server.privilege.LaterHookFiles;
import dev.zeroftpd.server.quota.HomeLimits;
import dev.zeroftpd.server.quota.Quotas;
import dev.zeroftpd.storage.ftplet.HomeFileSystemFactory;
import dev.zeroftpd.storage.ftplet.HomeOptions;
import dev.zeroftpd.transfer.loop.EventLoop;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.AccountUserManager;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.impl.DefaultFtpServerContext;
import org.apache.ftpserver.ssl.SslConfiguration;

/**
 * Everything that a configured server consists of, built once and wired. Any thread; {@link #close} blocks.
 */
final class ServerParts implements AutoCloseable {

    private final Settings settings;
    private final Optional<TlsContexts> tls;
    private final AccountUserManager users;
    private final DataPath dataPath;
    private final Optional<Metrics> metrics;
    private final Optional<PageParts> page;
    private final Optional<Hooks> hooks;
    private final Events events;
    private final Bans bans;
    private final GoodLogins goodLogins;
    private final ControlConnections sessions;
    private final ControlSettings controlSettings;
    private final DataConnectionSettings dataConnectionSettings;
    private final HomeLimits homeLimits;
    private final HomeFileSystemFactory homes;
    private final DefaultFtpServerContext context;
    private final EditedAccounts edited;
    private final ListenerBanners banners;

    private ServerParts(
            Settings settings,
            Optional<TlsContexts> tls,
            AccountUserManager users,
            DataPath dataPath,
            Optional<Hooks> hooks) {
        this.settings = settings;
        this.tls = tls;
        this.users = users;
        this.dataPath = dataPath;
        this.hooks = hooks;
        Verbs verbs = dataPath.verbs();
        // no lambdas: they would load the class of what isn't there
        this.metrics =
                settings.admin().http().isPresent() ? Optional.of(new Metrics(verbs.namesByKey())) : Optional.empty();
        this.page = metrics.isPresent() ? Optional.of(new PageParts(settings.stateDirectory())) : Optional.empty();
        List<EventWriter> direct = new ArrayList<>();
        if (metrics.isPresent()) {
            direct.add(metrics.get().events());
            direct.addAll(page.orElseThrow().writers());
        }
        if (hooks.isPresent()) {
            hooks.get().events().ifPresent(direct::add);
        }
        this.events = EventWriters.ofLaunchedServer(direct);
        this.bans = BanSetup.bans(settings, events);
        this.goodLogins = GoodLogins.kept(new LoginFile(settings.stateDirectory()));
        this.sessions = new ControlConnections(sessionLimits(settings.limits()), new Guesses(bans, goodLogins), events);
        this.dataConnectionSettings = new DataConnectionSettings(
                settings.passive(),
                settings.active(),
                new PassivePorts(
                        settings.passive().ports(),
                        address -> sessions.prefixOf(address).first()),
                dataPath::stallTimeout);
        this.edited = new EditedAccounts(users::accounts, sessions, InstantSource.system());
        this.homeLimits = new HomeLimits(
                settings.stateDirectory(), settings.file().stream().toList(), users, events);
        this.homes = new HomeFileSystemFactory(
                settings.storage(),
                settings.upload(),
                settings.transfer(),
                HomeOptions.DEFAULTS.checking(settings.hooks().uploadCheck().isPresent()),
                DataPath::folders,
                homeLimits);
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
    static ServerParts build(
            Settings settings, Optional<TlsContexts> tls, AccountUserManager users, Optional<byte[]> hookSecret)
            throws IOException {
        FencedHomes fenced = FencedHomes.ofProcess();
        reportFenced(fenced, users);
        Optional<Hooks> hooks = HookParts.start(settings, hookSecret, users);
        DataPath dataPath = DataPath.start(settings, name -> users.accounts().find(name), HookParts.uploadCheck(hooks));
        ServerParts parts = new ServerParts(settings, tls, users, dataPath, hooks);
        LaterHookFiles hookFiles = new LaterHookFiles(settings, users::accounts);
        users.onChange(() -> {
            dataPath.accountsChanged();
            reportFenced(fenced, users);
            hookFiles.look();
            parts.edited.accountsChanged();
            parts.homeLimits.accountsChanged(parts.homes);
        });
        users.onChangeOfOne(name -> {
            dataPath.accountsChanged();
            users.accounts().find(name).ifPresent(account -> {
                reportFenced(fenced, account);
                parts.homeLimits.accountChanged(account, parts.homes);
                hookFiles.look(account);
            });
            parts.edited.accountChanged(name);
        });
        users.elsewhere().keepThoseOf(parts::namesLoggedIn);
        users.every(EditedAccounts.INTERVAL, parts.edited::look);
        parts.homeLimits.begin(parts.homes);
        users.follow();
        return parts;
    }

    private Set<String> namesLoggedIn() {
        return sessions.open().stream()
                .flatMap(connection -> connection.loggedIn().stream())
                .flatMap(session -> Optional.ofNullable(session.getUser()).stream())
                .map(User::getName)
                .collect(Collectors.toSet());
    }

    private static void reportFenced(FencedHomes fenced, AccountUserManager users) {
        if (Landlock.isInForce()) {
            fenced.report(users.accounts());
        }
    }

    private static void reportFenced(FencedHomes fenced, Account account) {
        if (Landlock.isInForce()) {
            fenced.report(account);
        }
    }

    private DefaultFtpServerContext context(Settings from, Verbs verbs) {
        DefaultFtpServerContext made = new DefaultFtpServerContext();
        made.setUserManager(users);
        made.setFileSystemManager(homes);
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

    /** The live page, where there are metrics. */
    Optional<PageParts> page() {
        return page;
    }

    /** Who else is told of events and asked about uploads, if any is. */
    Optional<Hooks> hooks() {
        return hooks;
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

    /** Quotas and retention; empty while no account has any. */
    Optional<Quotas> quotas() {
        return homeLimits.quotas();
    }

    ControlConnections sessions() {
        return sessions;
    }

    Bans bans() {
        return bans;
    }

    /** Uses the accounts as an operator has just edited them, who ends the sessions of {@code names}. */
    void reloadAccounts(Collection<String> names) {
        edited.sparing(names, users::reload);
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
        tls.flatMap(TlsContexts::reload).ifPresent(wrong -> kept.add("the certificate stays as it was: " + wrong));
        sessions.limits(sessionLimits(changed.limits()));
        banners.apply(changed.listeners());
        dataPath.apply(changed);
        bans.rules(BanSetup.rules(changed.bans()));
        return kept;
    }

    private static SessionLimits sessionLimits(LimitSettings limits) {
        return new SessionLimits(
                limits.sessions(),
                limits.sessionsPerAddress(),
                limits.sessionsBeforeLogin(),
                limits.addressPrefixIpv6());
    }

    /** Leaves files of state to a server that begins as soon as the ports are free. */
    void handOver() {
        bans.close();
        goodLogins.close();
        homeLimits.handOver();
    }

    /** Lets no session wait for the answer to a wrong password any more. */
    void hurry() {
        dataPath.hurry();
    }

    @Override
    public void close() {
        dataPath.close();
        if (hooks.isPresent()) {
            hooks.get().close();
        }
        users.close();
        handOver();
        homeLimits.close();
    }
}
