package dev.zeroftpd.server.quota;

import dev.zeroftpd.storage.quota.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
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

    /** By the directories that were left alone: what still works there, or hangs. */
    private final Map<String, Thread> left = new ConcurrentHashMap<>();

    HomesInTurn(Duration patience) {
        this.patience = patience;
    }

    /**
     * Returns when the work has ended, or was left alone for getting no further; at once where that is so from an earlier time.
     *
     * @param directory in which is worked; also told to the log
     * @param work steps by that pace, and ends if its thread is interrupted
     * @throws CancellationException if the calling thread is interrupted
     */
    void during(String directory, Consumer<Pace> work) {
        if (mayLookAt(directory)) {
            Pace pace = Pace.gentle();
            OptionalLong _ = stuck(() -> work.accept(pace), pace::entries, _ -> directory);
        }
    }

    /**
     * Looks at one directory after the other.
     *
     * @param directories each once
     * @param look may block
     * @return those that don't answer; empty where so few answer that the rest was not looked at
     * @throws CancellationException if the calling thread is interrupted
     */
    Optional<List<String>> silentAmong(List<String> directories, Consumer<String> look) {
        List<String> silent = new ArrayList<>();
        for (int next = 0; next < directories.size(); ) {
            if (!mayLookAt(directories.get(next))) {
                if (left.size() >= MOST_LEFT) {
                    return Optional.empty();
                }
                silent.add(directories.get(next));
                next++;
                continue;
            }
            LookThrough through = new LookThrough(directories, next, look);
            OptionalLong stuck = stuck(through, through.at::get, at -> directories.get((int) at));
            through.abandoned = true;
            silent.addAll(through.failed);
            next = through.at.get();
            if (stuck.isPresent()) {
                next = (int) stuck.getAsLong();
                silent.add(directories.get(next));
                next++;
            }
        }
        return Optional.of(silent);
    }

    /** Goes through directories until one is to be left out, or until it isn't waited for any more. */
    private final class LookThrough implements Runnable {

        private final List<String> directories;
        private final Consumer<String> look;
        private final AtomicInteger at;
        private final List<String> failed = new CopyOnWriteArrayList<>();
        private volatile boolean abandoned;

        LookThrough(List<String> directories, int first, Consumer<String> look) {
            this.directories = directories;
            this.at = new AtomicInteger(first);
            this.look = look;
        }

        @Override
        public void run() {
            for (int next = at.get(); next < directories.size() && !abandoned; next = at.incrementAndGet()) {
                String directory = directories.get(next);
                if (left.containsKey(directory)) {
                    return;
                }
                try {
                    look.accept(directory);
                } catch (RuntimeException e) {
                    LOG.error("{} could not be looked at", directory, e);
                    failed.add(directory);
                }
            }
        }
    }

    private boolean mayLookAt(String directory) {
        left.values().removeIf(thread -> !thread.isAlive());
        if (left.containsKey(directory) || left.size() >= MOST_LEFT) {
            LOG.debug("{} is not looked at: it, or {} others, don't answer", directory, MOST_LEFT);
            return false;
        }
        return true;
    }

    /** Returns how far the work has got if it was left alone; empty if it has ended. */
    private OptionalLong stuck(Runnable work, LongSupplier progress, LongFunction<String> directory) {
        Thread thread = Thread.ofPlatform().name("quotas-home").daemon().start(() -> run(work));
        try {
            long before = -1;
            while (!thread.join(patience)) {
                long now = progress.getAsLong();
                if (now == before) {
                    leave(directory.apply(now), thread);
                    return OptionalLong.of(now);
                }
                before = now;
            }
            return OptionalLong.empty();
        } catch (InterruptedException e) {
            thread.interrupt();
            throw new CancellationException("interrupted");
        }
    }

    private void leave(String directory, Thread thread) {
        left.put(directory, thread);
        LOG.warn(
                "{} doesn't answer; {}",
                directory,
                left.size() < MOST_LEFT
                        ? "the other homes are looked at meanwhile"
                        : "as so few do, none is looked at until one of " + left.keySet() + " does");
    }

    /** Ends also what was left alone, as soon as its home answers. */
    @Override
    public void close() {
        left.values().forEach(Thread::interrupt);
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (CancellationException e) {
            LOG.debug("Stopping", e);
        } catch (RuntimeException | Error e) {
            LOG.error("Work in a home failed", e);
        }
    }
}
