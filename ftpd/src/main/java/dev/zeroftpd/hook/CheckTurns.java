package dev.zeroftpd.hook;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs checks on few threads, which end when there is nothing to do. Where more wait, accounts take turns: one that uploads a
 * thousand files keeps no other waiting for longer than one check. Any thread.
 *
 * <p>{@link #close} kills what runs, and waits a moment for that.
 */
final class CheckTurns implements AutoCloseable {

    /** Programs at once: a scanner keeps a processor busy, or waits for a disk. */
    static final int MOST_AT_ONCE = 8;

    private static final long IDLE_SECONDS = 30;

    /** Programs are killed at once; their threads notice it soon. */
    private static final long LAST_KILL_SECONDS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(CheckTurns.class);

    /** By account, those that have waited longest first. */
    private final Map<String, Deque<Runnable>> waiting = new LinkedHashMap<>();

    private final ThreadPoolExecutor threads;

    CheckTurns() {
        this(MOST_AT_ONCE);
    }

    CheckTurns(int atOnce) {
        threads = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), // one entry per transfer that waits
                Thread.ofPlatform()
                        .name("hook-check-", 0)
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /** Has it run when its account's turn comes. */
    void add(String account, Runnable check) {
        synchronized (waiting) {
            waiting.computeIfAbsent(account, _ -> new ArrayDeque<>()).add(check);
        }
        threads.execute(this::runNext);
    }

    private void runNext() {
        take().run();
    }

    /** As many are taken as were added. */
    private Runnable take() {
        synchronized (waiting) {
            String account = waiting.keySet().iterator().next();
            Deque<Runnable> turns = waiting.remove(account);
            if (turns == null) {
                throw new IllegalStateException("no check waits");
            }
            Runnable next = turns.remove();
            if (!turns.isEmpty()) {
                waiting.put(account, turns);
            }
            return next;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(LAST_KILL_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A program of hook.upload-check goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
