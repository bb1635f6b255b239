package dev.zeroftpd.control.ban;

import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.os.FailureReason;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes a file of the server's state, on a thread of its own that exists only while there is something to write. Any thread.
 *
 * <p>The first change at once, those that follow together after a pause: clients with many addresses must not make it write
 * all the time.
 */
final class LateWrites implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LateWrites.class);

    private static final long IDLE_SECONDS = 5;

    /** What the end of the server waits for a write. */
    private static final long LAST_SECONDS = 2;

    private final String loss;
    private final long pauseNanos;
    private final Write write;

    /** Changes may go on for as long as the disk is full. */
    private final FewLines failed = new FewLines(LOG, 1, Duration.ofMinutes(10), InstantSource.system());

    private final AtomicBoolean unwritten = new AtomicBoolean();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("state").factory());
    private volatile long nextAt = System.nanoTime();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean closed;

    /** Writes what there is now. */
    @FunctionalInterface
    interface Write {
        void write() throws IOException;
    }

    /**
     * Writes nothing yet.
     *
     * @param loss what it means if it can't be written, for the log
     */
    LateWrites(String loss, Duration pause, Write write) {
        this.loss = loss;
        this.pauseNanos = pause.toNanos();
        this.write = write;
        thread.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false); // close() writes
    }

    /** Has written what there is then. */
    void soon() {
        unwritten.set(true);
        if (!scheduled.getAndSet(true)) {
            try {
                var _ = thread.schedule(
                        this::writeChanges, Math.max(0, nextAt - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException stopping) {
                LOG.debug("Something changed while the server stopped", stopping);
            } catch (Error e) {
                scheduled.set(false); // there is no thread or no memory now: the next change tries it again
                fail(e);
            }
        }
    }

    /** Writes what has changed, and waits for that a short time; false if it isn't written. */
    boolean now() {
        try {
            return thread.submit(() -> {
                        writeChanges();
                        return !unwritten.get();
                    })
                    .get(LAST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException | RejectedExecutionException e) {
            LOG.debug("A change isn't written now", e);
        }
        return false;
    }

    /** By {@link #thread} alone. */
    private void writeChanges() {
        scheduled.set(false);
        if (closed || !unwritten.getAndSet(false)) {
            return;
        }
        try {
            write.write();
        } catch (IOException | RuntimeException | Error e) {
            unwritten.set(true); // the next change and the end try it again
            fail(e);
        }
        nextAt = System.nanoTime() + pauseNanos;
    }

    private void fail(Throwable e) {
        failed.write(Level.WARN, () -> loss + ": " + FailureReason.of(e));
    }

    /**
     * Writes what has not been written, and begins nothing more from then on: the file is the next server's. Waits for a disk
     * that hangs for a short time only: the server has to end, and its ports have to be freed.
     */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        try {
            thread.submit(this::writeChanges).get(LAST_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("{}: that takes longer than {} s, and the server ends without it", loss, LAST_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | Error e) {
            fail(e); // there was no thread or no memory for it
        } finally {
            closed = true;
            thread.shutdown();
        }
    }
}
