package dev.zeroftpd.server;

import dev.zeroftpd.command.Commands;
import dev.zeroftpd.command.hash.HashThreads;
import dev.zeroftpd.command.login.LoginThreads;
import dev.zeroftpd.command.transfer.DataTransfers;
import dev.zeroftpd.command.transfer.SessionThrottles;
import dev.zeroftpd.command.verb.Verbs;
import dev.zeroftpd.config.LimitSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.control.ControlConnections;
import dev.zeroftpd.control.ControlSettings;
import dev.zeroftpd.control.admission.CommandThreads;
import dev.zeroftpd.control.admission.SessionLimits;
import dev.zeroftpd.dataconnection.DataConnectionSettings;
import dev.zeroftpd.dataconnection.DataConnections;
import dev.zeroftpd.dataconnection.PassivePorts;
import dev.zeroftpd.dataconnection.tls.TlsContexts;
import dev.zeroftpd.ops.TransferLog;
import dev.zeroftpd.storage.ftplet.HomeFileSystemFactory;
import dev.zeroftpd.storage.ftplet.HomeOptions;
import dev.zeroftpd.transfer.TransferEngine;
import dev.zeroftpd.transfer.bandwidth.Bandwidth;
import dev.zeroftpd.users.AccountUserManager;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
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

    private final Settings settings;
    private final Optional<TlsContexts> tls;
    private final AccountUserManager users;
    private final TransferEngine engine;
    private final Bandwidth bandwidth;
    private final LoginThreads logins = new LoginThreads();
    private final ControlConnections sessions;
    private final ControlSettings controlSettings;
    private final DataConnectionSettings dataConnectionSettings;
    private final DefaultFtpServerContext context;

    private ServerParts(Settings settings, Optional<TlsContexts> tls, AccountUserManager users, TransferEngine engine) {
        this.settings = settings;
        this.tls = tls;
        this.users = users;
        this.engine = engine;
        this.bandwidth = new Bandwidth(
                settings.bandwidth().server(), settings.bandwidth().perAddress());
        this.sessions = new ControlConnections(sessionLimits(settings.limits()));
        this.dataConnectionSettings = new DataConnectionSettings(
                settings.passive(),
                settings.active(),
                new PassivePorts(
                        settings.passive().ports(), ThreadLocalRandom.current().nextInt()),
                Math.toIntExact(settings.transfer().stallTimeout().toSeconds()));
        SessionThrottles throttles =
                new SessionThrottles(bandwidth, name -> users.accounts().find(name));
        users.onChange(throttles::accountsChanged);
        Verbs verbs = verbs(settings, throttles);
        this.context = context(settings, verbs);
        this.controlSettings = new ControlSettings(
                new CommandThreads(CommandThreads.DEFAULT_LIMIT),
                sessions,
                new DataConnections(settings.transfer().connectTimeout()),
                verbs,
                tls,
                false);
    }

    /** @throws ConfigException if the certificate or the accounts can't be used */
    static ServerParts build(Settings settings) throws ConfigException, IOException {
        Optional<TlsContexts> tls = Optional.empty();
        if (settings.tls().hasCertificate()) {
            OldTls.allow(settings.tls().offer());
            tls = Optional.of(TlsContexts.load(settings.tls()));
        }
        AccountUserManager users = AccountUserManager.open(settings.users());
        return new ServerParts(
                settings, tls, users, TransferEngine.start(settings.transfer().stallTimeout()));
    }

    private Verbs verbs(Settings from, SessionThrottles throttles) {
        DataTransfers transfers = new DataTransfers(
                engine,
                throttles,
                from.transfer().connectTimeout(),
                from.tls().requireCloseNotify(),
                from.upload().withoutQuit(),
                new TransferLog());
        return Commands.all(transfers, engine, logins, new HashThreads());
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

    DataConnectionSettings dataConnectionSettings() {
        return dataConnectionSettings;
    }

    ControlConnections sessions() {
        return sessions;
    }

    Optional<SslConfiguration> sslConfiguration() {
        return tls.map(TlsContexts::sslConfiguration);
    }

    void reload(Settings changed) {
        users.reload();
        tls.ifPresent(ServerParts::reloadCertificate);
        sessions.limits(sessionLimits(changed.limits()));
        engine.stallTimeout(changed.transfer().stallTimeout());
        bandwidth.limits(changed.bandwidth().server(), changed.bandwidth().perAddress());
        RestartNeeds.log(settings, changed);
    }

    private static SessionLimits sessionLimits(LimitSettings limits) {
        return new SessionLimits(
                limits.sessions(),
                limits.sessionsPerAddress(),
                limits.sessionsBeforeLogin(),
                limits.addressPrefixIpv6());
    }

    private static void reloadCertificate(TlsContexts contexts) {
        try {
            contexts.reload();
        } catch (ConfigException e) {
            LOG.warn("Kept the last good certificate: {}", e.getMessage());
        }
    }

    /** Says goodbye to idle sessions, lets transfers go on for the grace period, then ends them. */
    void drain() {
        sessions.drain("Shutting down.");
        try {
            if (!sessions.awaitNone(settings.shutdownGrace())) {
                LOG.info("Aborting {} transfers: the grace period is over", sessions.transferring());
                sessions.cancelTransfers();
                sessions.awaitNone(LAST_WORDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        engine.close();
        logins.close();
        users.close();
    }
}
