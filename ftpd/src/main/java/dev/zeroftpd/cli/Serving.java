package dev.zeroftpd.cli;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.config.reader.SettingsSources;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.os.SystemCall;
import dev.zeroftpd.server.FtpDaemon;
import dev.zeroftpd.server.ServiceState;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the server and stays until a signal ends it. One thread starts it, waits and ends it; signals come on threads of
 * the JVM, which only wake others.
 */
final class Serving {

    private Serving() {}

    /** Returns the exit code once the server has been drained. */
    static int run(Terminal terminal, SettingsSources sources) throws ConfigException, IOException {
        Thread linking = linkSystemCalls();
        LoadedSettings loaded = SettingsLoader.load(sources);
        Logger log = LoggerFactory.getLogger(Serving.class);
        loaded.warnings().forEach(warning -> log.warn("{}", warning));
        Orders orders = new Orders();
        Signals.onHangup(orders::reload); // it would end the process while that starts
        join(linking); // a thread that lived on would keep the rights that the process gives up
        FtpDaemon daemon = FtpDaemon.startProcess(loaded);
        daemon.reloadsFrom(() -> {
            LogFiles.reopen();
            return SettingsLoader.load(sources);
        });
        ServiceState service = ServiceState.ofProcess();
        int exitCode = Main.FAILED;
        try {
            orders.carryOut(() -> reload(daemon, service, log));
            Signals.onTermination(() -> {
                daemon.askToStop();
                return orders.awaitEnd();
            });
            daemon.serveOperators();
            // Only now: a script that reads "Listening on" may send a signal at once.
            daemon.announce(terminal.out());
            service.ready(daemon);
            Optional<Error> failure = daemon.awaitStop();
            failure.ifPresent(why -> die(terminal, why));
            service.stopping(loaded.settings().shutdownLongest());
            daemon.drain();
            exitCode = Main.FINE;
            return exitCode;
        } finally {
            orders.ended(exitCode);
            service.close();
        }
    }

    /** The fence is made of system calls, whose first use takes a tenth of the whole start: meanwhile settings are read. */
    private static Thread linkSystemCalls() {
        return Thread.ofPlatform().daemon().name("linking").start(SystemCall::isSupported);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** At once, without draining: a server that can't be reached is worse than one that is started again. */
    private static void die(Terminal terminal, Error why) {
        try {
            terminal.err()
                    .println("error: the server can't accept connections any more and ends: " + FailureReason.of(why));
        } finally {
            Runtime.getRuntime().halt(Main.FAILED); // also where there is no memory for the message
        }
    }

    private static void reload(FtpDaemon daemon, ServiceState service, Logger log) {
        service.reloading();
        String outcome = "The configuration could not be read: see the log";
        try {
            outcome = reload(daemon, log);
        } finally {
            service.reloaded(outcome); // until then the service manager waits
        }
    }

    /** Returns how it went, for the service manager. */
    private static String reload(FtpDaemon daemon, Logger log) {
        try {
            daemon.reload();
            return "Configuration reloaded";
        } catch (ConfigException refused) {
            log.debug("The log says what is wrong", refused);
            return "The configuration has mistakes and stays as it was: see the log";
        }
    }
}
