package dev.zeroftpd.command;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that hash files and move them to other file systems: as many as cores, because hashing is computing, and apart from those of logins, because
 * one file takes minutes. Any thread. They need no end: idle ones die, and none keeps the process alive.
 *
 * <p>Accounts take turns, and so do the files of each account, piece by piece: whoever has huge files hashed in many
 * sessions makes others wait for a piece, never for a file. The line needs no bound of its own: a session waits for its
 * one hash.
 */
public final class HashThreads {

    private static final long IDLE_SECONDS = 5;

    /** What is done piece by piece. */
    interface PieceWork {
        /** Does one piece, by one thread at a time; false if that was the last one. Throws nothing. */
        boolean doPiece();
    }

    private final ThreadPoolExecutor pool;

    /** What waits, by account; the first account's turn is next. Guarded by itself. */
    private final LinkedHashMap<String, Queue<PieceWork>> line = new LinkedHashMap<>();

    public HashThreads() {
        this(Runtime.getRuntime().availableProcessors());
    }

    HashThreads(int threads) {
        pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("hash-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
    }

    /** Does {@code work} for {@code account} until it says that it is done. */
    void execute(String account, PieceWork work) {
        synchronized (line) {
            line.computeIfAbsent(account, _ -> new ArrayDeque<>()).add(work);
        }
        pool.execute(this::takeTurn);
    }

    /** One piece of whoever is next: there are as many of these tasks as there is work that waits. */
    private void takeTurn() {
        String account;
        PieceWork work;
        synchronized (line) {
            Map.Entry<String, Queue<PieceWork>> first = line.firstEntry();
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
