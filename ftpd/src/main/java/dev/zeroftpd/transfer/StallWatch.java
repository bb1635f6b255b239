package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.loop.EventLoop;
import dev.zeroftpd.transfer.loop.LoopTimer;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends transfers that have waited for their peer longer than their limits allow. It looks at all of them from time to
 * time, on one event loop; {@link #start} and {@link #began} are for any thread.
 */
final class StallWatch {

    private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);

    /** How often it looks, as a part of the shortest limit, within these bounds. */
    private static final int LOOKS_A_LIMIT = 8;

    private static final long PAUSE_AT_LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long PAUSE_AT_MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final EventLoop loop;
    private final Set<EngineTransfer> running;
    private final LongSupplier nanoTime;

    /** The shortest limit for which it looks often enough at present. */
    private volatile long watched = LOOKS_A_LIMIT * PAUSE_AT_MOST_NANOS;

    private @Nullable LoopTimer next;

    StallWatch(EventLoop loop, Set<EngineTransfer> running, LongSupplier nanoTime) {
        this.loop = loop;
        this.running = running;
        this.nanoTime = nanoTime;
    }

    void start() {
        loop.execute(this::look);
    }

    /** To be told of each transfer that has been added: its limit may be shorter than all others. */
    void began(EngineTransfer transfer) {
        if (transfer.limits().stallNanos() < watched) {
            try {
                loop.execute(this::look);
            } catch (RejectedExecutionException e) {
                LOG.debug("The engine ends, and every transfer with it", e);
            }
        }
    }

    private void look() {
        if (next != null) {
            next.cancel();
        }
        long now = nanoTime.getAsLong();
        long shortest = LOOKS_A_LIMIT * PAUSE_AT_MOST_NANOS;
        for (EngineTransfer transfer : running) {
            long limit = transfer.limits().stallNanos();
            transfer.expireIfStalled(now, limit);
            shortest = Math.min(shortest, limit);
        }
        watched = shortest;
        next = loop.schedule(Math.max(shortest / LOOKS_A_LIMIT, PAUSE_AT_LEAST_NANOS), this::look);
    }
}
