package dev.zeroftpd.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * What signals ask for, done by threads that were started after the process gave up its rights. The JVM's own threads
 * for signals are older than the sandbox and outside it, so they only pass orders on. Any thread.
 */
final class Orders {

    private final Semaphore reloads = new Semaphore(0);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Runnable reload;

    private Orders(Runnable reload) {
        this.reload = reload;
    }

    /** Starts the thread that reloads: its rights are those of the caller. */
    static Orders start(Runnable reload) {
        Orders orders = new Orders(reload);
        Thread.ofPlatform().name("reload").daemon().start(orders::carryOut);
        return orders;
    }

    private void carryOut() {
        while (true) {
            reloads.acquireUninterruptibly();
            reloads.drainPermits(); // one reading is enough for all that came before it
            reload.run();
        }
    }

    /** Has the configuration read again; returns at once. */
    void reload() {
        reloads.release();
    }

    /** The server has ended. */
    void ended() {
        ended.countDown();
    }

    /** Waits until the server has ended. */
    void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
