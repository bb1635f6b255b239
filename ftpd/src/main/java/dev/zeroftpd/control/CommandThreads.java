package dev.zeroftpd.control;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The platform threads that run commands: a few for each core as long as commands come to their end, up to a limit when
 * they hang in a disk. Any thread may hand over a task; tasks start in the order in which they came.
 *
 * <p>More threads than cores only take the processor from each other, so a burst of commands waits in line for the
 * threads there are. Only when the head of the line has not moved for {@link #PATIENCE_NANOS} all threads hang, and
 * everyone in the line gets a thread of its own. They need no end: idle ones die, and none keeps the process alive.
 */
public final class CommandThreads implements Executor {

    /** So many commands may hang in a slow disk before another session notices. */
    public static final int DEFAULT_LIMIT = 64;

    /** What a core can use while some of its threads wait for a disk that is not slow. */
    private static final int THREADS_A_CORE = 4;

    /**
     * Commands take tenths of a millisecond, and a thread that others keep from its processor some milliseconds: a line
     * that stands for so long waits for something else.
     */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Long enough to serve the next command of a busy client, short enough not to be seen after a burst. */
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

    /** Looks at the line until nobody stands in it. */
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
            // somebody may have joined the line and seen that it is watched
            watchTheLine();
        }
    }
}
