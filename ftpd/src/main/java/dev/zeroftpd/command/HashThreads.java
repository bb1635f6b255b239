package dev.zeroftpd.command;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that hash files: as many as cores, because hashing is computing, and apart from those of logins, because
 * one file takes minutes. Any thread. They need no end: idle ones die, and none keeps the process alive.
 *
 * <p>The queue needs no bound of its own: a session waits for its one hash.
 */
public final class HashThreads implements Executor {

    private static final long IDLE_SECONDS = 5;

    private final ThreadPoolExecutor pool;

    public HashThreads() {
        int threads = Runtime.getRuntime().availableProcessors();
        pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("hash-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable work) {
        pool.execute(work);
    }
}
