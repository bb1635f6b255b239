package dev.zeroftpd.server.quota;

import dev.zeroftpd.storage.quota.Pace;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works in one home after the other. A home may be on a machine that doesn't answer any more, which holds a thread for ever: each
 * has one of its own, and where one gets no further, the others go on without it. An interrupt ends the work. Used by one thread;
 * {@link #close} by any.
 */
final class HomesInTurn implements AutoCloseable {

    /** How long a disk or a server may be without an answer. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /** A thread each: if that many homes don't answer, most of the others won't either. */
    static final int MOST_LEFT = 4;

    private static final Logger LOG = LoggerFactory.getLogger(HomesInTurn.class);

    private final Duration patience;

    /** By the names of the homes that were left alone: what still works there, or hangs. */
    private final Map<String, Thread> left = new ConcurrentHashMap<>();

    HomesInTurn(Duration patience) {
        this.patience = patience;
    }

    /**
     * Returns when the work has ended, or was left alone for getting no further; at once where that is so from an earlier time.
     *
     * @param home tells it from others, also in the log
     * @param work steps by that pace, and ends if its thread is interrupted
     * @throws CancellationException if the calling thread is interrupted
     */
    void during(String home, Consumer<Pace> work) {
        left.values().removeIf(thread -> !thread.isAlive());
        if (left.containsKey(home) || left.size() >= MOST_LEFT) {
            LOG.debug("{} is not looked at: it, or {} others, don't answer", home, MOST_LEFT);
            return;
        }
        Pace pace = Pace.gentle();
        Thread thread = Thread.ofPlatform().name("quotas-home").daemon().start(() -> run(work, pace));
        try {
            long before = -1;
            while (!thread.join(patience)) {
                long entries = pace.entries();
                if (entries == before) {
                    left.put(home, thread);
                    LOG.warn(
                            "{} doesn't answer; {}",
                            home,
                            left.size() < MOST_LEFT
                                    ? "the other homes are looked at meanwhile"
                                    : "as so few do, none is looked at until one of " + left.keySet() + " does");
                    return;
                }
                before = entries;
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            throw new CancellationException("interrupted");
        }
    }

    /** Ends also what was left alone, as soon as its home answers. */
    @Override
    public void close() {
        left.values().forEach(Thread::interrupt);
    }

    private static void run(Consumer<Pace> work, Pace pace) {
        try {
            work.accept(pace);
        } catch (CancellationException e) {
            LOG.debug("Stopping", e);
        } catch (RuntimeException | Error e) {
            LOG.error("Work in a home failed", e);
        }
    }
}
