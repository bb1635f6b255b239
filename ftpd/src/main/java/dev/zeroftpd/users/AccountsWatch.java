package dev.zeroftpd.users;

import dev.zeroftpd.config.file.FileStamp;
import dev.zeroftpd.config.reader.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code users.properties} and hands on every state of it that is right. Its one daemon thread looks at the file four
 * times a second, and does other slow work for the accounts; any thread may call it.
 *
 * <p>It polls instead of waiting for events: a poll costs two system calls, and sees edits on network file systems,
 * through symbolic links and in mounted Kubernetes secrets, where events fail.
 */
final class AccountsWatch implements AutoCloseable {

    /** An edit is used when two looks have found the same: half a second at most, and never a half-written file. */
    private static final long INTERVAL_MILLIS = 250;

    private static final Logger LOG = LoggerFactory.getLogger(AccountsWatch.class);

    /** How the file is read. */
    @FunctionalInterface
    interface Reading {
        Accounts of(Path file) throws ConfigException;
    }

    private final Path file;
    private final Reading reading;
    private final Consumer<Accounts> use;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("accounts").daemon().factory());

    /** Guarded by this, like {@link #seen}: the state that was read last, whether it was right or not. */
    private FileStamp read;

    /** What the last look found. */
    private FileStamp seen;

    /** False while the file as it is now can't be used. */
    private volatile boolean right = true;

    AccountsWatch(Path file, FileStamp read, Reading reading, Consumer<Accounts> use) {
        this.file = file;
        this.reading = reading;
        this.read = read;
        this.seen = read;
        this.use = use;
    }

    void start() {
        var _ = thread.scheduleWithFixedDelay(this::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Runs {@code task} again and again, when the clock shows a multiple of {@code interval}, so that none is left out; a failure of
     * it is logged and doesn't end it.
     */
    void every(Duration interval, Runnable task) {
        long length = interval.toMillis();
        try {
            var _ = thread.schedule(
                    () -> {
                        run(task);
                        every(interval, task);
                    },
                    length - Math.floorMod(System.currentTimeMillis(), length),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopping: {} comes no more", task);
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A regular look failed", e);
        }
    }

    /** Runs slow work on the thread of the accounts; drops it if the server is stopping. */
    void execute(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopping: {} is dropped", work);
        }
    }

    private synchronized void look() {
        try {
            FileStamp now = FileStamp.of(file);
            boolean quiet = now.equals(seen);
            seen = now;
            if (quiet && !now.equals(read)) {
                reload();
            }
        } catch (RuntimeException | Error e) {
            // If thrown on, it would silently end the polling; a file too large for the memory may be gone by the next
            // poll.
            LOG.error("The accounts in {} could not be read again; the last good ones stay", file, e);
            right = false;
        }
    }

    /** Reads the file now; returns whether it was right. */
    synchronized boolean reload() {
        read = FileStamp.of(file);
        seen = read;
        try {
            use.accept(reading.of(file));
            right = true;
            return true;
        } catch (ConfigException e) {
            right = false;
            LOG.warn(
                    "The accounts stay as they were, because {} can't be used:{}{}",
                    file,
                    System.lineSeparator(),
                    e.getMessage());
            return false;
        }
    }

    /** Whether what is used is what the file says, or was before the last look. */
    boolean isRight() {
        return right;
    }

    /** Stops looking; does not wait for what is running. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
