package dev.zeroftpd.server;

import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.control.ControlConnections;
import dev.zeroftpd.control.ban.Bans;
import dev.zeroftpd.operator.Finding;
import dev.zeroftpd.operator.OperatedServer;
import dev.zeroftpd.operator.Refused;
import dev.zeroftpd.operator.Reloaded;
import dev.zeroftpd.operator.ServerStatus;
import dev.zeroftpd.operator.ServerStatus.ListenerStatus;
import dev.zeroftpd.server.doctor.Certificate;
import dev.zeroftpd.server.doctor.Crowd;
import dev.zeroftpd.server.doctor.Doctor;
import dev.zeroftpd.server.doctor.Homes;
import dev.zeroftpd.server.doctor.PassiveAddresses;
import dev.zeroftpd.server.quota.QuotaOrders;
import dev.zeroftpd.server.quota.Quotas;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.UsersFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.ftpserver.impl.DefaultFtpServer;

/** What the operator's commands may ask of a running server. Any thread. */
final class OperatedDaemon implements OperatedServer {

    private final FtpDaemon daemon;
    private final Settings settings;
    private final ServerParts parts;
    private final DefaultFtpServer server;
    private final Instant started = Instant.now();

    OperatedDaemon(FtpDaemon daemon, ServerParts parts, DefaultFtpServer server) {
        this.daemon = daemon;
        this.settings = parts.settings();
        this.parts = parts;
        this.server = server;
    }

    @Override
    public ControlConnections sessions() {
        return parts.sessions();
    }

    @Override
    public Bans bans() {
        return parts.bans();
    }

    @Override
    public ServerStatus status() {
        String version = Optional.ofNullable(FtpDaemon.class.getPackage().getImplementationVersion())
                .orElse("not built as a jar");
        return new ServerStatus(
                version, started, isDraining(), listeners(), settings.file().map(Path::toString));
    }

    private List<ListenerStatus> listeners() {
        return settings.listeners().stream().map(this::status).toList();
    }

    private ListenerStatus status(ListenerSettings listener) {
        return new ListenerStatus(
                listener.name(),
                Listeners.describe(server.getListener(listener.name())),
                listener.tls().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public Reloaded reload() throws ConfigException {
        return daemon.reload();
    }

    @Override
    public List<Finding> examine() {
        return Doctor.examine(List.of(
                new PassiveAddresses(
                        settings.passive(),
                        addresses(),
                        settings.listeners().stream()
                                .anyMatch(listener -> !listener.proxies().isEmpty()),
                        parts.dataConnectionSettings()),
                new Certificate(settings.tls(), parts.tls(), Instant.now()),
                new Homes(parts.users().accounts().all(), parts.context().getFileSystemManager()),
                new Crowd(parts.sessions(), settings.limits().sessionsPerAddress())));
    }

    @Override
    public Optional<HookTrial> testHook(String event) {
        return parts.hooks()
                .flatMap(hooks -> hooks.test(event))
                .map(trial -> new HookTrial(trial.target(), trial.accepted(), trial.detail()));
    }

    private List<InetSocketAddress> addresses() {
        return settings.listeners().stream()
                .map(listener -> new InetSocketAddress(
                        listener.address(), server.getListener(listener.name()).getPort()))
                .toList();
    }

    @Override
    public void drain(Optional<Duration> longest) {
        daemon.drain(longest);
    }

    @Override
    public boolean isDraining() {
        return daemon.isDraining();
    }

    @Override
    public void disable(Collection<String> accounts) throws ConfigException, IOException {
        Map<String, String> homes = new HashMap<>();
        for (String name : accounts) {
            parts.users()
                    .accounts()
                    .find(name)
                    .filter(Account::isFromElsewhere)
                    .ifPresent(account -> homes.put(name, account.getHomeDirectory()));
        }
        new UsersFile(settings.users().file()).disable(accounts, homes);
        parts.reloadAccounts(accounts);
    }

    @Override
    public void enable(String account) throws ConfigException, IOException {
        new UsersFile(settings.users().file()).enable(account);
        parts.reloadAccounts(List.of());
    }

    @Override
    public WebLink webLogin(String role, String name) throws Refused {
        return daemon.onlooker().invite(role, name);
    }

    @Override
    public void showQuotas(Optional<String> account, Lines lines) throws Refused, IOException {
        orders().show(account, lines);
    }

    @Override
    public void scanQuotas(Optional<String> account, Lines lines) throws Refused, IOException {
        orders().scan(account, lines);
    }

    @Override
    public void expire(Optional<String> account, boolean dryRun, Lines lines) throws Refused, IOException {
        orders().expire(account, dryRun, lines);
    }

    private QuotaOrders orders() throws Refused {
        return parts.quotas()
                .map(Quotas::orders)
                .orElseThrow(() -> Refused.because("no account has a quota or a retention: set quota-bytes, quota-files"
                        + " or retention in " + settings.users().file()));
    }
}
