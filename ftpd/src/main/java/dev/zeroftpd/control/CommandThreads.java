package dev.zeroftpd.control;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The platform threads that run commands: a few for each core as long as commands come to their end, up to a limit when
 * they hang in a disk. Any thread may hand over a task; tasks start in the order in which they came.
 *
 * <p>More threads than cores only take the processor from each other, so a burst of commands waits in line for the
 * threads there are. Only when the head of the line has not moved for {@link #PATIENCE_NANOS} all threads hang, and
 * everyone in the line gets a thread of its own.
 */
public final class CommandThreads implements Executor {

    /** So many commands may hang in a slow disk before another session notices. */
    public static final int DEFAULT_LIMIT = 64;

    /** What a core can use while some of its threads wait for a disk that is not slow. */
    private static final int THREADS_A_CORE = 4;

    /** Commands take tenths of a millisecond: a line that stands for so long waits for something else. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Long enough to serve the next command of a busy client, short enough not to be seen after a burst. */
    private static final long IDLE_SECONDS = 5;

    private final int usual;
    private final int limit;
    private final LinkedTransferQueue<Runnable> line = new LinkedTransferQueue<>();
    private final ThreadPoolExecutor pool;
    private final Thread watch;
    private volatile boolean watching;

    public CommandThreads(int limit) {
        this.limit = limit;
        this.usual = Math.min(limit, THREADS_A_CORE * Runtime.getRuntime().availableProcessors());
        AtomicLong count = new AtomicLong();
        pool = new ThreadPoolExecutor(
                usual,
                limit,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                line,
                task -> Thread.ofPlatform()
                        .daemon()
                        .name("ftp-command-" + count.incrementAndGet())
                        .unstarted(task));
        pool.allowCoreThreadTimeOut(true);
        watch = Thread.ofPlatform().daemon().name("ftp-command-watch").start(this::watch);
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
        if (!watching && !line.isEmpty()) {
            watching = true;
            LockSupport.unpark(watch);
        }
    }

    /** Threads alive now, idle ones included. */
    int size() {
        return pool.getPoolSize();
    }

    private void watch() {
        while (true) {
            Runnable head = line.peek();
            if (head == null) {
                watching = false;
                // whoever joins the line after this look sees that nobody watches
                if (line.isEmpty()) {
                    pool.setCorePoolSize(usual);
                    LockSupport.park(this);
                }
                watching = true;
            } else {
                LockSupport.parkNanos(this, PATIENCE_NANOS);
                if (head.equals(line.peek())) {
                    pool.setCorePoolSize(Math.min(limit, pool.getPoolSize() + line.size()));
                }
            }
        }
    }
}
