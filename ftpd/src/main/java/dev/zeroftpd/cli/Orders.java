package dev.zeroftpd.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What signals ask for, done by threads that were started after the process gave up its rights. The JVM's own threads
 * for signals are older than the sandbox and outside it, so they only pass orders on. Any thread.
 */
final class Orders {

    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

    private final Semaphore reloads = new Semaphore(0);
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    /** Starts the thread that reloads, also for what was ordered before: its rights are those of the caller. */
    void carryOut(Runnable reload) {
        Thread.ofPlatform().name("reload").daemon().start(() -> {
            while (true) {
                reloads.acquireUninterruptibly();
                reloads.drainPermits(); // one reading is enough for all that came before it
                carryOutOnce(reload);
            }
        });
    }

    private static void carryOutOnce(Runnable reload) {
        try {
            reload.run();
        } catch (RuntimeException | Error e) {
            // thrown on, it would end this thread, and later orders would be lost without a word
            LOG.error("The configuration could not be read again; what was not applied yet stays as it was", e);
        }
    }

    /** Has the configuration read again; returns at once. */
    void reload() {
        reloads.release();
    }

    /** The server has ended, with that exit code. */
    void ended(int exitCode) {
        ended.complete(exitCode);
    }

    /** Waits until the server has ended; returns its exit code. */
    int awaitEnd() {
        return ended.join();
    }
}
