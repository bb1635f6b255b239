package dev.zeroftpd.control.admission;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The platform threads that run commands: a few per core as long as commands complete, and more, up to a limit, when
 * they hang on a disk. Any thread may submit a task; tasks start in the order of submission.
 *
 * <p>More threads would only take the processor from each other, so a burst of commands queues for those that exist.
 * If the head of the queue has not moved for {@link #PATIENCE_NANOS}, all threads hang; then each queued task gets a
 * thread of its own. The threads need no shutdown: idle ones end, and none keeps the process alive.
 *
 * <p>Where the system has no more threads, tasks wait for those that exist; {@link #execute} refuses one only if there is none.
 */
public final class CommandThreads implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(CommandThreads.class);

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
    private final AtomicInteger alive = new AtomicInteger();
    private final ThreadPoolExecutor pool;
    private final ThreadPoolExecutor watch;
    private final AtomicBoolean watching = new AtomicBoolean();

    public CommandThreads(int limit) {
        this(limit, numbered());
    }

    /** @param threads makes those that run commands */
    CommandThreads(int limit, ThreadFactory threads) {
        this.limit = limit;
        this.usual = Math.min(limit, THREADS_A_CORE * Runtime.getRuntime().availableProcessors());
        pool = pool(usual, limit, line, worker -> threads.newThread(() -> live(worker)));
        watch = pool(1, 1, new LinkedTransferQueue<>(), task -> daemon("ftp-command-watch", task));
    }

    private static ThreadFactory numbered() {
        AtomicLong count = new AtomicLong();
        return task -> daemon("ftp-command-" + count.incrementAndGet(), task);
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

    /** @throws RejectedExecutionException if the system has no thread to run it, now and later */
    @Override
    public void execute(Runnable task) {
        line.add(task);
        try {
            pool.prestartCoreThread();
        } catch (OutOfMemoryError noThread) {
            if (alive.get() == 0 && line.remove(task)) {
                throw new RejectedExecutionException("the system has no more threads", noThread);
            }
        }
        watchTheLine();
    }

    /** True if a task waits for a thread. */
    public boolean haveQueue() {
        return !line.isEmpty();
    }

    /** A thread's life: the last one leaves nothing behind, for another can't always be had. */
    private void live(Runnable worker) {
        alive.incrementAndGet();
        try {
            worker.run();
        } finally {
            if (alive.decrementAndGet() == 0) {
                for (Runnable left = line.poll(); left != null; left = line.poll()) {
                    runLeft(left);
                }
            }
        }
    }

    private static void runLeft(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A command failed", e);
        }
    }

    /** Threads alive now, idle ones included. */
    int size() {
        return pool.getPoolSize();
    }

    private void watchTheLine() {
        if (!line.isEmpty() && watching.compareAndSet(false, true)) {
            try {
                watch.execute(this::watch);
            } catch (OutOfMemoryError noThread) {
                watching.set(false); // the next task asks again
            }
        }
    }

    private void startMore() {
        try {
            pool.setCorePoolSize(Math.min(limit, pool.getPoolSize() + line.size()));
        } catch (OutOfMemoryError noThread) {
            LOG.debug("The system has no more threads", noThread);
        }
    }

    /** Watches the queue until it is empty. */
    private void watch() {
        try {
            Runnable head = line.peek();
            while (head != null) {
                LockSupport.parkNanos(this, PATIENCE_NANOS);
                if (head.equals(line.peek())) {
                    startMore();
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
