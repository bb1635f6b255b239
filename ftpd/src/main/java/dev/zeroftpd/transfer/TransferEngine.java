package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.loop.EventLoop;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.TransferResult;
import dev.zeroftpd.transfer.result.TransferTotals;
import dev.zeroftpd.transfer.turn.Turns;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs every transfer of a server: files by {@code sendfile(2)} on event loops, everything else on virtual threads.
 * Every method may be called by any thread; an {@link EndCallback} is called on the caller's thread if the transfer ended
 * inside the call, else on a loop or a virtual thread, and must only pass the result on.
 *
 * <p>A transfer that waits for its peer holds no platform thread. One {@link StallWatch} looks at all of them.
 */
public final class TransferEngine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TransferEngine.class);

    /** Threads that may wait for the disk at once; a disk serves no more than this many readers well. */
    private static final int COLD_THREADS = 32;

    /** 32 MiB of direct memory for fast streams; those beyond use small buffers. */
    private static final int LARGE_BUFFERS = 32;

    /** After the grace period cancelled transfers get this long to end; only a hanging disk needs more. */
    private static final long LAST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final List<EventLoop> loops;
    private final AtomicInteger nextLoop = new AtomicInteger();
    private final LongSupplier nanoTime;
    private final Turns turns;
    private final ThreadPoolExecutor coldLane;
    private final StreamBuffers buffers = new StreamBuffers(LARGE_BUFFERS);
    private final TransferTotals totals = new TransferTotals();
    private final Set<EngineTransfer> running = ConcurrentHashMap.newKeySet();
    private final Object ended = new Object();
    private final StallWatch stallWatch;
    private volatile boolean closed;

    private TransferEngine(List<EventLoop> loops, LongSupplier nanoTime, Turns turns) {
        this.loops = loops;
        this.nanoTime = nanoTime;
        this.turns = turns;
        this.stallWatch = new StallWatch(loops.getFirst(), running, nanoTime);
        this.coldLane = new ThreadPoolExecutor(
                COLD_THREADS,
                COLD_THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("cold-file-", 0).daemon().factory());
        coldLane.allowCoreThreadTimeOut(true);
    }

    /** Starts an engine with one loop per core. */
    public static TransferEngine start() throws IOException {
        return start(Runtime.getRuntime().availableProcessors(), System::nanoTime);
    }

    static TransferEngine start(int loopCount, LongSupplier nanoTime) throws IOException {
        return start(loopCount, nanoTime, Turns.OF_THIS_PROCESS);
    }

    static TransferEngine start(int loopCount, LongSupplier nanoTime, Turns turns) throws IOException {
        List<EventLoop> loops = new ArrayList<>();
        for (int i = 0; i < loopCount; i++) {
            loops.add(EventLoop.start("transfer-loop-" + i, nanoTime));
        }
        TransferEngine engine = new TransferEngine(List.copyOf(loops), nanoTime, turns);
        engine.stallWatch.start();
        return engine;
    }

    /**
     * Starts a transfer. The first piece of a file that goes by {@code sendfile(2)} is sent on the caller's thread, and if
     * that is all, {@code callback} is called before this returns. A stream has a virtual thread of its own.
     */
    public Transfer start(TransferRequest request, EndCallback callback) {
        return switch (request) {
            case TransferRequest.ZeroCopy file -> {
                ZeroCopyTransfer transfer = new ZeroCopyTransfer(this, file, callback);
                transfer.begin();
                yield transfer;
            }
            case TransferRequest.Stream stream -> {
                StreamTransfer transfer = new StreamTransfer(this, stream, callback);
                transfer.begin();
                yield transfer;
            }
        };
    }

    /** The loop for the next data connection: the caller's own if it is one, else each in turn. */
    public EventLoop loop() {
        for (EventLoop loop : loops) {
            if (loop.isCurrent()) {
                return loop;
            }
        }
        return loops.get(Math.floorMod(nextLoop.getAndIncrement(), loops.size()));
    }

    public TransferTotals totals() {
        return totals;
    }

    /** Transfers under way, without those that end within their first piece. */
    int runningTransfers() {
        return running.size();
    }

    /**
     * Whether every event loop runs a task within the time; a closed engine has no loop that could be stuck. Blocks
     * meanwhile; not for the loops themselves.
     */
    public boolean answers(Duration patience) {
        CountDownLatch silent = new CountDownLatch(loops.size());
        try {
            loops.forEach(loop -> loop.execute(silent::countDown));
            return silent.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends at once: {@link #close(Duration)} without grace. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /** Lets running transfers end for {@code grace}, aborts the rest with SHUTDOWN, and stops. Blocks meanwhile. */
    void close(Duration grace) {
        awaitEnd(grace.toNanos());
        closed = true;
        running.forEach(transfer -> transfer.cancel(Outcome.Aborted.Cause.SHUTDOWN));
        awaitEnd(LAST_WAIT_NANOS);
        loops.forEach(EventLoop::close);
        coldLane.shutdown();
    }

    private void awaitEnd(long nanos) {
        long deadline = System.nanoTime() + nanos;
        synchronized (ended) {
            long left = nanos;
            while (!running.isEmpty() && left > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(ended, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                left = deadline - System.nanoTime();
            }
        }
    }

    long now() {
        return nanoTime.getAsLong();
    }

    Turns turns() {
        return turns;
    }

    Executor coldLane() {
        return coldLane;
    }

    StreamBuffers buffers() {
        return buffers;
    }

    void running(EngineTransfer transfer) {
        running.add(transfer);
        stallWatch.began(transfer);
        if (closed) {
            transfer.cancel(Outcome.Aborted.Cause.SHUTDOWN);
        }
    }

    void ended(EngineTransfer transfer, TransferResult result, EndCallback callback) {
        totals.count(result);
        try {
            callback.ended(result);
        } catch (RuntimeException | Error e) {
            LOG.error("the callback of a transfer failed", e);
        }
        if (running.remove(transfer)) {
            synchronized (ended) {
                ended.notifyAll();
            }
        }
    }
}
