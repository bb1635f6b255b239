package dev.zeroftpd.server;

import dev.zeroftpd.command.Commands;
import dev.zeroftpd.command.Embedder;
import dev.zeroftpd.command.login.LoginThreads;
import dev.zeroftpd.command.transfer.LimitsByAccount;
import dev.zeroftpd.command.transfer.TransferParts;
import dev.zeroftpd.command.transfer.UploadCheck;
import dev.zeroftpd.command.verb.Verbs;
import dev.zeroftpd.command.work.WorkThreads;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.control.ControlConnections;
import dev.zeroftpd.control.ControlSettings;
import dev.zeroftpd.control.admission.CommandThreads;
import dev.zeroftpd.dataconnection.DataConnections;
import dev.zeroftpd.dataconnection.tls.TlsContexts;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.ftplet.FolderSource;
import dev.zeroftpd.transfer.TransferEngine;
import dev.zeroftpd.transfer.bandwidth.Bandwidth;
import dev.zeroftpd.transfer.loop.EventLoop;
import dev.zeroftpd.users.Account;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.ftpserver.ftplet.User;

/**
 * What a launched server and an embedded one have in common: engine, threads and commands, wired here and nowhere else. Any
 * thread; {@link #close} blocks.
 */
final class DataPath implements AutoCloseable {

    private final Settings settings;
    private final TransferEngine engine;
    private final Bandwidth bandwidth;
    private final LimitsByAccount limits;
    private final TransferParts parts;
    private final LoginThreads logins = new LoginThreads();
    private final WorkThreads work = new WorkThreads();

    private DataPath(
            Settings settings,
            TransferEngine engine,
            LimitsByAccount.AccountLookup accounts,
            Optional<UploadCheck> uploadCheck) {
        this.settings = settings;
        this.engine = engine;
        this.bandwidth = new Bandwidth(
                settings.bandwidth().server(), settings.bandwidth().perAddress());
        this.limits = new LimitsByAccount(bandwidth, accounts, settings.transfer());
        this.parts = new TransferParts(
                engine,
                limits,
                settings.tls().requireCloseNotify(),
                settings.upload().withoutQuit(),
                uploadCheck);
    }

    /**
     * Starts the engine.
     *
     * @param accounts whose limits hold for transfers
     * @throws IOException if the operating system refuses the selectors of the event loops
     */
    static DataPath start(Settings settings, LimitsByAccount.AccountLookup accounts, Optional<UploadCheck> uploadCheck)
            throws IOException {
        return new DataPath(settings, TransferEngine.start(), accounts, uploadCheck);
    }

    /** To be called once the accounts' limits are others. */
    void accountsChanged() {
        limits.accountsChanged();
    }

    /** Applies what of the settings may change while transfers run, to those too. */
    void apply(Settings changed) {
        limits.stallTimeout(changed.transfer().stallTimeout());
        bandwidth.limits(changed.bandwidth().server(), changed.bandwidth().perAddress());
    }

    /** How long a transfer may make no progress, as it is now. */
    Duration stallTimeout() {
        return limits.stallTimeout();
    }

    /** The verbs of a server of our own. */
    Verbs verbs() {
        return Commands.all(parts, engine, logins, work);
    }

    /** The verbs of a server that offers an embedder's commands too. */
    Verbs verbs(Embedder embedder) {
        return Commands.embedded(embedder, parts, engine, logins, work);
    }

    /** For listeners whose sessions use {@code verbs}; each may have terms of its own. */
    ControlSettings control(ControlConnections sessions, Verbs verbs, Optional<TlsContexts> tls) {
        return new ControlSettings(
                new CommandThreads(CommandThreads.DEFAULT_LIMIT),
                sessions,
                new DataConnections(settings.transfer().connectTimeout()),
                verbs,
                tls);
    }

    /** Whether every event loop answers within the time: none is stuck. Blocks meanwhile. */
    boolean answers(Duration patience) {
        return engine.answers(patience);
    }

    /** Has time for rare small work, besides its data connections. */
    EventLoop loop() {
        return engine.loop();
    }

    /** Lets no session wait for the answer to a wrong password any more. */
    void hurry() {
        logins.hurry();
    }

    @Override
    public void close() {
        engine.close();
        logins.close();
    }

    /** The virtual folders of an account of ours. */
    static List<FolderSource.Choice> folders(User account) {
        return account instanceof Account ours
                ? ours.folders().stream()
                        .map(folder ->
                                new FolderSource.Choice(new VirtualPath(folder.at()), folder.root(), folder.readOnly()))
                        .toList()
                : List.of();
    }
}
