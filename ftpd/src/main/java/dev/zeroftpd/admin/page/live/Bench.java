package dev.zeroftpd.admin.page.live;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The one thread that computes for all viewers, which only wait and write: they are virtual threads, and one of those that computes
 * keeps transfers from its carrier. Whatever viewers look at, it takes one processor at most. Any thread may use it; it exists
 * only while there is something to do.
 */
final class Bench {

    private static final long IDLE_SECONDS = 5;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // each viewer waits for what it has put there
            Thread.ofPlatform().daemon().name("admin-look").factory());

    Bench() {
        thread.allowCoreThreadTimeOut(true);
    }

    /** Waits until that thread has done it. */
    <T> T run(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, thread).join();
    }
}
