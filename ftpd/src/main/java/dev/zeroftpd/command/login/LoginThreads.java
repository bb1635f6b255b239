package dev.zeroftpd.command.login;

import dev.zeroftpd.users.password.HashMemory;
import java.time.Duration;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that verify passwords and close the homes of those who log out: one per core, because a strong hash is
 * pure computation; a few more that wait for other servers where those know the accounts; and a timer for delayed replies. Any
 * thread.
 */
public final class LoginThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoginThreads.class);

    private static final AtomicLong COUNT = new AtomicLong();

    private static final long IDLE_SECONDS = 10;

    /** As long as a client may take to log in. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /** Questions to another server at once: it answers within milliseconds, and while it doesn't, few wait for it. */
    private static final int MOST_ASKING = 16;

    private final ScheduledThreadPoolExecutor pool;
    private final LoginQueue queue = new LoginQueue();
    private final ThreadPoolExecutor asking;
    private final LoginQueue elsewhere = new LoginQueue();
    private volatile boolean hurried;

    public LoginThreads() {
        pool = new ScheduledThreadPoolExecutor(Runtime.getRuntime().availableProcessors(), LoginThreads::thread);
        pool.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        pool.allowCoreThreadTimeOut(true);
        asking = new ThreadPoolExecutor(
                MOST_ASKING,
                MOST_ASKING,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), // a session has one password at most
                Thread.ofPlatform().daemon().name("login-elsewhere-", 0).factory());
        asking.allowCoreThreadTimeOut(true);
    }

    /** A thread ends when no password has come for a while; then the memory that hashes were computed in is not needed. */
    private static Thread thread(Runnable work) {
        return Thread.ofPlatform()
                .daemon()
                .name("login-" + COUNT.getAndIncrement())
                .unstarted(() -> {
                    work.run();
                    HashMemory.giveBack();
                });
    }

    /** Verifies a password soon, after those that wait already; clients that leave meanwhile wait behind all others. */
    void verify(Verification verification) {
        boolean waits = verification.asksElsewhere();
        LoginQueue waiting = waits ? elsewhere : queue;
        waiting.add(verification);
        run(
                waits ? asking : pool,
                () -> waiting.next(left -> dropInTime(waiting, left)).ifPresent(Verification::run));
    }

    private void dropInTime(LoginQueue waiting, Verification departed) {
        later(LONGEST_WAIT, () -> {
            if (waiting.remove(departed)) {
                departed.drop();
            }
        });
    }

    /** Runs {@code work} soon; after {@link #close} never. */
    public void soon(Runnable work) {
        run(pool, work);
    }

    private static void run(Executor threads, Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("A session logged in or out while the server stopped", e);
        }
    }

    /** Runs {@code action} after {@code delay}. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is never cancelled, and handles its own failures
    void later(Duration delay, Runnable action) {
        try {
            Future<?> _ = pool.schedule(action, hurried ? 0 : delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("A login failed while the server stopped", e);
        }
    }

    /** The server ends: answers that wait for their time leave now, and those that follow at once. */
    public void hurry() {
        hurried = true;
        for (Runnable waiting : pool.getQueue().toArray(new Runnable[0])) {
            if (waiting instanceof Delayed delayed
                    && delayed.getDelay(TimeUnit.NANOSECONDS) > 0
                    && pool.remove(waiting)) {
                waiting.run();
            }
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
        asking.shutdownNow();
    }
}
