package dev.zeroftpd.control.ban;

import dev.zeroftpd.ops.FewLines;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes the bans to their file, on a thread of its own that exists only while there is something to write. Any thread.
 *
 * <p>The first one at once, those that follow together within a second: strangers with many addresses must not make it
 * write all the time.
 */
final class SavedBans implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SavedBans.class);

    private static final FewLines FAILED = FewLines.perMinute(LOG, 1);

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long IDLE_SECONDS = 5;

    private final BanFile file;
    private final AtomicReference<@Nullable Supplier<List<BanFile.Entry>>> unwritten = new AtomicReference<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("bans").factory());
    private volatile long nextAt = System.nanoTime();

    SavedBans(BanFile file) {
        this.file = file;
        thread.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false); // close() writes
    }

    /** Has the entries written that there are then. */
    void soon(Supplier<List<BanFile.Entry>> entries) {
        unwritten.set(entries);
        if (!scheduled.getAndSet(true)) {
            try {
                var _ = thread.schedule(this::write, Math.max(0, nextAt - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException stopping) {
                LOG.debug("An address was banned while the server stopped", stopping);
            } catch (Error e) {
                scheduled.set(false); // there is no thread or no memory now: the next ban tries it again
                failed(e);
            }
        }
    }

    private synchronized void write() {
        scheduled.set(false);
        Supplier<List<BanFile.Entry>> entries = unwritten.getAndSet(null);
        if (entries == null) {
            return;
        }
        try {
            file.write(entries.get());
        } catch (IOException | RuntimeException | Error e) {
            unwritten.compareAndSet(null, entries); // the next ban and the end try it again
            failed(e);
        }
        nextAt = System.nanoTime() + PAUSE_NANOS;
    }

    private void failed(Throwable e) {
        FAILED.write(Level.WARN, () -> "Bans last until the next restart only, " + file + " can't be written: " + e);
    }

    /** Writes what has not been written. */
    @Override
    public void close() {
        thread.shutdown();
        write();
    }
}
