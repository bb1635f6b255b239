package dev.zeroftpd.server;

import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.control.ControlConnections;
import dev.zeroftpd.control.ban.Bans;
import dev.zeroftpd.operator.Finding;
import dev.zeroftpd.operator.OperatedServer;
import dev.zeroftpd.operator.Reloaded;
import dev.zeroftpd.operator.ServerStatus;
import dev.zeroftpd.operator.ServerStatus.ListenerStatus;
import dev.zeroftpd.server.doctor.Certificate;
import dev.zeroftpd.server.doctor.Crowd;
import dev.zeroftpd.server.doctor.Doctor;
import dev.zeroftpd.server.doctor.Homes;
import dev.zeroftpd.server.doctor.PassiveAddresses;
import dev.zeroftpd.users.UsersFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
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
                new PassiveAddresses(settings.passive(), addresses(), parts.dataConnectionSettings()),
                new Certificate(settings.tls(), parts.tls(), Instant.now()),
                new Homes(parts.users().accounts().all(), parts.context().getFileSystemManager()),
                new Crowd(parts.sessions(), settings.limits().sessionsPerAddress())));
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
        new UsersFile(settings.users().file()).disable(accounts);
        parts.users().reload();
    }
}
