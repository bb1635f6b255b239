package dev.zeroftpd.server;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.dataconnection.tls.TlsContexts;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.os.Quantity;
import dev.zeroftpd.server.privilege.LeastPrivilege;
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
    private final Onlooker onlooker;
    private final LastCall lastCall;

    private FtpDaemon(
            LoadedSettings loaded,
            ServerParts parts,
            DefaultFtpServer server,
            CompletableFuture<Optional<Error>> stopped,
            Onlooker onlooker) {
        this.onlooker = onlooker;
        this.lastCall = new LastCall(loaded.settings().shutdownDelay(), parts.events());
        this.reloads = new Reloads(parts.events(), loaded.texts());
        this.parts = parts;
        this.server = server;
        this.stopped = stopped;
    }

    /**
     * Starts a server in a process that has other work too and keeps its rights; when this returns, its listeners accept.
     *
     * @throws ConfigException if the settings can't be served: a port in use, a broken certificate, broken accounts
     */
    public static FtpDaemon start(LoadedSettings loaded) throws ConfigException, IOException {
        return start(loaded, Optional.empty());
    }

    /**
     * Starts a server that this process exists for: it gives up the rights that the server doesn't need.
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
        try {
            Optional<TlsContexts> tls = ServerParts.loadTls(settings);
            if (privilege.isPresent()) {
                privilege.get().becomeUser();
            }
            AccountUserManager users = AccountUserManager.read(settings.users());
            if (privilege.isPresent()) {
                privilege.get().confine(users.accounts());
            }
            return start(loaded, ports, ServerParts.build(settings, tls, users));
        } catch (ConfigException | IOException | RuntimeException e) {
            ports.close();
            throw e;
        }
    }

    private static FtpDaemon start(LoadedSettings loaded, BoundPorts ports, ServerParts parts) throws ConfigException {
        Settings settings = loaded.settings();
        CompletableFuture<Optional<Error>> stopped = new CompletableFuture<>();
        try {
            Onlooker onlooker = ports.http().isPresent()
                    ? Administration.begin(ports.http().get(), parts)
                    : Onlooker.NONE;
            DefaultFtpServer server =
                    Listeners.start(settings, ports, parts, error -> stopped.complete(Optional.of(error)));
            parts.begin(StartReport.of(settings, parts, server));
            onlooker.listening(server);
            return new FtpDaemon(loaded, parts, server, stopped, onlooker);
        } catch (ConfigException | RuntimeException e) {
            parts.close();
            parts.events().close();
            throw e;
        }
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

    /**
     * Applies what a running server can change: accounts, certificates, limits, bandwidth, time-outs. Sessions and
     * transfers go on. What has changed is logged, and what needs a restart.
     */
    public void reload(LoadedSettings loaded) {
        loaded.warnings().forEach(warning -> LOG.warn("{}", warning));
        parts.reload(loaded.settings());
        onlooker.reload(loaded);
        reloads.applied(loaded);
    }

    /** Logs why the configuration can't be used; everything stays as it was. */
    public void refuseReload(ConfigException why) {
        reloads.refused(why);
    }

    /**
     * Ends the server: it says that it isn't ready and goes on for {@code shutdown.delay}; then there are no new sessions,
     * idle ones get 421, running transfers go on for {@code shutdown.grace} and are aborted. Blocks until everything has
     * ended.
     */
    public synchronized void drain() {
        if (server.isStopped()) {
            return;
        }
        onlooker.draining();
        lastCall.await();
        String sessions = Quantity.of(parts.sessions().count(), "session");
        String transfers = Quantity.of(parts.sessions().transferring(), "transfer");
        parts.events().log(() -> LOG.info("Draining: {}, {}", sessions, transfers));
        parts.handOver();
        server.suspend();
        onlooker.freed(server);
        parts.drain();
        server.stop();
        parts.close();
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
