package dev.zeroftpd.control;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that commands run on: made when every other is busy, gone when idle. Usable from any thread.
 *
 * <p>They are platform threads because commands call the file system, and a blocked file call would take a virtual
 * thread's carrier with it. They need no end: idle ones die, and none keeps the process alive.
 */
public final class CommandThreads implements Executor {

    /** So many commands may hang in a slow disk before another session notices. */
    public static final int DEFAULT_LIMIT = 64;

    /** Long enough to serve the next command of a busy client, short enough not to be seen after a burst. */
    private static final long IDLE_SECONDS = 5;

    private final ThreadPoolExecutor pool;

    public CommandThreads(int limit) {
        AtomicLong count = new AtomicLong();
        WaitingThreadsFirst queue = new WaitingThreadsFirst();
        pool = new ThreadPoolExecutor(
                0,
                limit,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                queue,
                task -> Thread.ofPlatform()
                        .daemon()
                        .name("ftp-command-" + count.incrementAndGet())
                        .unstarted(task),
                (task, executor) -> queue.put(task));
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** Threads alive now, idle ones included. */
    public int size() {
        return pool.getPoolSize();
    }

    /**
     * Refuses a task unless a thread waits for one, which makes the pool start a thread, up to its limit; beyond the
     * limit the pool's rejection puts the task in the queue. (With an ordinary queue a pool starts no thread beyond its
     * core until the queue is full, and with a core of the full size it starts one a task even if others are idle.)
     */
    private static final class WaitingThreadsFirst extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }
    }
}
