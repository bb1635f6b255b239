package dev.zeroftpd.control.admission;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The platform threads that run commands: a few per core as long as commands complete, and more, up to a limit, when
 * they hang on a disk. Any thread may submit a task; tasks start in the order of submission.
 *
 * <p>More threads would only take the processor from each other, so a burst of commands queues for those that exist.
 * If the head of the queue has not moved for {@link #PATIENCE_NANOS}, all threads hang; then each queued task gets a
 * thread of its own. The threads need no shutdown: idle ones end, and none keeps the process alive.
 */
public final class CommandThreads implements Executor {

    /** At most this many commands can hang on a slow disk before other sessions have to wait. */
    public static final int DEFAULT_LIMIT = 64;

    /** Enough to keep a core busy while some of its threads wait for a disk of normal speed. */
    private static final int THREADS_A_CORE = 4;

    /**
     * A command takes tenths of a millisecond, and a thread may wait some milliseconds for a processor: a queue that
     * does not move for longer than that waits for something else.
     */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Long enough to serve a busy client's next command, short enough for a burst's threads to be gone soon. */
    private static final long IDLE_SECONDS = 5;

    private final int usual;
    private final int limit;
    private final LinkedTransferQueue<Runnable> line = new LinkedTransferQueue<>();
    private final ThreadPoolExecutor pool;
    private final ThreadPoolExecutor watch;
    private final AtomicBoolean watching = new AtomicBoolean();

    public CommandThreads(int limit) {
        this.limit = limit;
        this.usual = Math.min(limit, THREADS_A_CORE * Runtime.getRuntime().availableProcessors());
        AtomicLong count = new AtomicLong();
        pool = pool(usual, limit, line, task -> daemon("ftp-command-" + count.incrementAndGet(), task));
        watch = pool(1, 1, new LinkedTransferQueue<>(), task -> daemon("ftp-command-watch", task));
    }

    private static ThreadPoolExecutor pool(
            int core, int most, LinkedTransferQueue<Runnable> queue, ThreadFactory threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(core, most, IDLE_SECONDS, TimeUnit.SECONDS, queue, threads);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Thread daemon(String name, Runnable task) {
        return Thread.ofPlatform().daemon().name(name).unstarted(task);
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
        watchTheLine();
    }

    /** Threads alive now, idle ones included. */
    int size() {
        return pool.getPoolSize();
    }

    private void watchTheLine() {
        if (!line.isEmpty() && watching.compareAndSet(false, true)) {
            watch.execute(this::watch);
        }
    }

    /** Watches the queue until it is empty. */
    private void watch() {
        try {
            Runnable head = line.peek();
            while (head != null) {
                LockSupport.parkNanos(this, PATIENCE_NANOS);
                if (head.equals(line.peek())) {
                    pool.setCorePoolSize(Math.min(limit, pool.getPoolSize() + line.size()));
                }
                head = line.peek();
            }
            pool.setCorePoolSize(usual);
        } finally {
            watching.set(false);
            // a task may have joined the queue and seen that it is watched
            watchTheLine();
        }
    }
}
