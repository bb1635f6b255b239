package dev.zeroftpd.admin.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts threads that wait too long for a client to read or write, which closes its connection. The JDK's server could only end all
 * answers after the same time, and a stream has none. Any thread; its own exists only while answers are written.
 */
public final class Deadlines implements AutoCloseable {

    private static final long IDLE_SECONDS = 5;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("admin-deadline").factory());

    Deadlines() {
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /** What has to end in time. */
    public static final class Deadline implements AutoCloseable {

        private final Thread thread;
        private final Future<?> expiry;

        /** Guarded by this. */
        private boolean met;

        /** Guarded by this. */
        private boolean missed;

        private Deadline(Duration time, ScheduledThreadPoolExecutor timer) {
            this.thread = Thread.currentThread();
            this.expiry = timer.schedule(this::expire, time.toMillis(), TimeUnit.MILLISECONDS);
        }

        private synchronized void expire() {
            if (!met) {
                missed = true;
                thread.interrupt();
            }
        }

        /** It has ended; by the thread that began it. No interruption comes or stays afterwards. */
        @Override
        public void close() {
            expiry.cancel(false);
            synchronized (this) {
                met = true;
                if (missed) {
                    var _ = Thread.interrupted(); // what comes next isn't late
                }
            }
        }
    }

    /** Interrupts this thread after that time, unless the result is closed before. */
    public Deadline within(Duration time) {
        return new Deadline(time, timer);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
