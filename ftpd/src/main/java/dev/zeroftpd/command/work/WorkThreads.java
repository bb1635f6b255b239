package dev.zeroftpd.command.work;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that do what takes long: hash files, count texts, copy files to other file systems. One per core, because
 * most of it is computation, and separate from the login threads, because one file may take minutes. Any thread. They need
 * no shutdown: idle threads end, and none keeps the process alive.
 *
 * <p>Accounts take turns, and so do the sessions of each account, piece by piece: an account that has huge files hashed in
 * many sessions makes the others wait for one piece, never for a whole file. The queue needs no bound of its own: each
 * session has at most one work in it.
 */
public final class WorkThreads {

    private static final long IDLE_SECONDS = 5;

    /** Work that is done piece by piece. */
    public interface PieceWork {
        /** Does one piece, by one thread at a time; false if that was the last one. Throws nothing. */
        boolean doPiece();
    }

    private final ThreadPoolExecutor pool;

    /** The waiting work by account; the first account is next. Guarded by itself. */
    private final LinkedHashMap<Object, Queue<PieceWork>> line = new LinkedHashMap<>();

    public WorkThreads() {
        this(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().name("ftp-work-", 0).factory());
    }

    WorkThreads(int threads, ThreadFactory factory) {
        pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Does {@code work} for {@code account}, as {@link TurnOwner} tells it, until it says that it is done.
     *
     * @throws OutOfMemoryError if the system has no thread for it; then it won't be done
     */
    public void execute(Object account, PieceWork work) {
        Runnable turn = this::takeTurn;
        synchronized (line) {
            line.computeIfAbsent(account, _ -> new ArrayDeque<>()).add(work);
            try {
                pool.execute(turn);
            } catch (OutOfMemoryError noThread) { // the pool wants another thread, whether or not one has nothing to do
                pool.remove(turn);
                if (pool.getPoolSize() == 0) {
                    forget(account, work);
                    throw noThread;
                }
                pool.getQueue().add(turn);
            }
        }
    }

    private void forget(Object account, PieceWork work) {
        line.computeIfPresent(account, (_, waiting) -> {
            waiting.remove(work);
            return waiting.isEmpty() ? null : waiting;
        });
    }

    /** Does one piece for the account whose turn it is. Each waiting piece of work has one such task in the pool. */
    private void takeTurn() {
        Object account;
        PieceWork work;
        synchronized (line) {
            Map.Entry<Object, Queue<PieceWork>> first = line.firstEntry();
            account = first.getKey();
            Queue<PieceWork> waiting = first.getValue();
            work = waiting.remove();
            line.remove(account);
            if (!waiting.isEmpty()) {
                line.put(account, waiting); // behind the others
            }
        }
        if (work.doPiece()) {
            execute(account, work);
        }
    }
}
