package dev.zeroftpd.server;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.dataconnection.tls.TlsContexts;
import dev.zeroftpd.operator.OperatorSocket;
import dev.zeroftpd.operator.Reloaded;
import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.os.Quantity;
import dev.zeroftpd.server.bind.NetworkFailures;
import dev.zeroftpd.server.hook.CheckParts;
import dev.zeroftpd.server.privilege.HookFiles;
import dev.zeroftpd.server.privilege.LeastPrivilege;
import dev.zeroftpd.storage.Errno;
import dev.zeroftpd.users.AccountUserManager;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.ftpserver.impl.DefaultFtpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server as {@code ftpd serve} has it: started from settings, reloaded, drained. Every method may be called by
 * any thread; {@link #drain} and {@link #awaitStop} block.
 */
public final class FtpDaemon {

    private static final Logger LOG = LoggerFactory.getLogger(FtpDaemon.class);

    private final ServerParts parts;
    private final DefaultFtpServer server;
    private final CompletableFuture<Optional<Error>> stopped;
    private final Reloads reloads;
    private final Attendants attendants;
    private final Drain drain;
    private final OperatedDaemon operated;
    private volatile boolean draining;

    /** How the settings are read, as they were at the start. */
    @FunctionalInterface
    public interface Configuration {
        LoadedSettings read() throws ConfigException;
    }

    /** Who is told of the server's life, waits before its end, and lets its operator in. */
    private record Attendants(Onlooker onlooker, LastCall lastCall, Optional<OperatorSocket> operators) {}

    private FtpDaemon(
            ServerParts parts,
            DefaultFtpServer server,
            CompletableFuture<Optional<Error>> stopped,
            Reloads reloads,
            Attendants attendants) {
        this.parts = parts;
        this.server = server;
        this.stopped = stopped;
        this.reloads = reloads;
        this.attendants = attendants;
        this.drain = new Drain(parts);
        this.operated = new OperatedDaemon(this, parts, server);
    }

    /**
     * Starts a server in a process that has other work too and keeps its rights; when this returns, its listeners accept.
     *
     * @throws ConfigException if the settings can't be served: a port in use, a broken certificate, broken accounts
     */
    public static FtpDaemon start(LoadedSettings loaded) throws ConfigException, IOException {
        FtpDaemon daemon = start(loaded, Optional.empty());
        daemon.serveOperators();
        return daemon;
    }

    /**
     * Starts a server that this process exists for: it gives up the rights that the server doesn't need.
     * Operators wait for {@link #serveOperators}.
     *
     * @throws ConfigException also if it would be served by root without saying so
     */
    public static FtpDaemon startProcess(LoadedSettings loaded) throws ConfigException, IOException {
        return start(loaded, Optional.of(LeastPrivilege.of(loaded)));
    }

    /** No thread is started before the rights are given up: to the kernel, they belong to threads. */
    private static FtpDaemon start(LoadedSettings loaded, Optional<LeastPrivilege> privilege)
            throws ConfigException, IOException {
        Settings settings = loaded.settings();
        NetworkFailures.log();
        BoundPorts ports = BoundPorts.bind(loaded);
        Optional<OperatorSocket> operators = Optional.empty();
        try {
            Optional<TlsContexts> tls = ServerParts.loadTls(settings);
            Secrets secrets = Secrets.read(loaded);
            if (privilege.isPresent()) {
                privilege.get().becomeUser();
            }
            AccountUserManager users = AccountUserManager.read(settings.users());
            HookFiles.require(loaded, users.accounts());
            // by the user that the process has become, and before it is fenced
            operators = settings.controlSocket().flatMap(OperatorSocket::bind);
            if (privilege.isPresent()) {
                privilege.get().confine(users.accounts());
                users.every(IdleHeap.INTERVAL, new IdleHeap());
            }
            openSource(loaded, users, secrets);
            return start(loaded, ports, ServerParts.build(settings, tls, users, secrets.ofHooks()), operators);
        } catch (ConfigException | IOException | RuntimeException e) {
            operators.ifPresent(OperatorSocket::close);
            ports.close();
            throw e;
        }
    }

    /** By threads that are fenced, as those that it starts. */
    private static void openSource(LoadedSettings loaded, AccountUserManager users, Secrets secrets)
            throws ConfigException {
        try {
            users.elsewhere().open(CheckParts.source(loaded.settings().users().check(), secrets.checkTrust()));
        } catch (ConfigException e) {
            throw loaded.located(e);
        }
    }

    private static FtpDaemon start(
            LoadedSettings loaded, BoundPorts ports, ServerParts parts, Optional<OperatorSocket> operators)
            throws ConfigException {
        Settings settings = loaded.settings();
        CompletableFuture<Optional<Error>> stopped = new CompletableFuture<>();
        FewLines.writeBy(parts.events()::log);
        Errno.prepare();
        try {
            Onlooker onlooker =
                    ports.http().isPresent() ? Administration.begin(ports.http().get(), parts) : Onlooker.NONE;
            DefaultFtpServer server =
                    Listeners.start(settings, ports, parts, error -> stopped.complete(Optional.of(error)));
            parts.begin(StartReport.of(settings, parts, server));
            onlooker.listening(server);
            LastCall lastCall = new LastCall(settings.shutdownDelay(), parts.events());
            Reloads reloads = new Reloads(parts, onlooker, loaded.texts());
            FtpDaemon daemon =
                    new FtpDaemon(parts, server, stopped, reloads, new Attendants(onlooker, lastCall, operators));
            onlooker.operated(daemon.operated);
            return daemon;
        } catch (ConfigException | RuntimeException e) {
            parts.close();
            parts.events().close();
            throw e;
        }
    }

    /** Answers operators from now on. Until then they wait: what they may ask for must be there. */
    public void serveOperators() {
        attendants.operators().ifPresent(socket -> socket.serve(operated, parts.loop()));
    }

    /** Who is told of its life. */
    Onlooker onlooker() {
        return attendants.onlooker();
    }

    /** True from the moment that the server begins to end: before its ports are free for another one. */
    boolean isDraining() {
        return draining;
    }

    /** Prints {@code Listening on ADDRESS:PORT} for each listener. */
    public void announce(PrintStream stdout) {
        addresses().forEach(address -> stdout.println("Listening on " + address));
        stdout.flush();
    }

    /** {@code ADDRESS:PORT} of each listener. */
    List<String> addresses() {
        return server.getListeners().values().stream().map(Listeners::describe).toList();
    }

    /** Whether every event loop answers within the time: none is stuck. Blocks meanwhile. */
    boolean answers(Duration patience) {
        return parts.answers(patience);
    }

    /** Tells what {@link #reload} reads. */
    public void reloadsFrom(Configuration source) {
        reloads.from(source);
    }

    /**
     * Reads the configuration again and applies what a running server can change: accounts, certificates, limits,
     * bandwidth, time-outs. Sessions and transfers go on. What has changed is logged, and what needs a restart.
     *
     * @throws ConfigException if it is wrong: everything stays as it was, which is logged
     */
    public Reloaded reload() throws ConfigException {
        return reloads.reload();
    }

    /**
     * Ends the server: it says that it isn't ready and goes on for {@code shutdown.delay}; then there are no new sessions,
     * and those that are there go on for {@code shutdown.session-grace}; then idle ones get 421, running transfers go on for
     * {@code shutdown.grace} and are aborted. Blocks until everything has ended, and waits for nothing once the last session
     * has gone.
     */
    public void drain() {
        drain(Optional.empty());
    }

    /**
     * The same.
     *
     * @param longest how long sessions and their transfers may go on; where the server drains already, what ends first counts
     */
    public void drain(Optional<Duration> longest) {
        drain.endWithin(
                longest, draining ? Duration.ZERO : attendants.lastCall().delay());
        drainOnce();
    }

    private synchronized void drainOnce() {
        if (server.isStopped()) {
            return;
        }
        Onlooker onlooker = attendants.onlooker();
        onlooker.draining();
        attendants.lastCall().await();
        String sessions = Quantity.of(parts.sessions().count(), "session");
        String transfers = Quantity.of(parts.sessions().transferring(), "transfer");
        parts.events().log(() -> LOG.info("Draining: {}, {}", sessions, transfers));
        draining = true;
        parts.handOver();
        onlooker.handOver();
        server.suspend();
        onlooker.freed(server);
        drain.run();
        server.stop();
        attendants.operators().ifPresent(OperatorSocket::leave);
        parts.close();
        attendants.operators().ifPresent(OperatorSocket::close);
        parts.events().publish(EventKind.STOP, "Stopped");
        parts.events().close();
        onlooker.ended();
        stopped.complete(Optional.empty());
    }

    /** Has {@link #awaitStop} return, whose caller then drains the server; returns at once. */
    public void askToStop() {
        stopped.complete(Optional.empty());
    }

    /** Waits until the server has been drained or is asked to stop, or can't go on: then it returns why. */
    public Optional<Error> awaitStop() {
        return stopped.join();
    }
}
