package dev.zeroftpd.server;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long running transfers may go on once the server is to end. Each order to end can only shorten it: a SIGTERM during a
 * long drain still means soon. Any thread.
 */
final class GracePeriod {

    private final LongSupplier nanoTime;
    private boolean begun;
    private long end;

    GracePeriod(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Begins it, or shortens it. */
    synchronized void atMost(Duration longest) {
        long wanted = nanoTime.getAsLong() + longest.toNanos();
        if (!begun || wanted - end < 0) {
            end = wanted;
        }
        begun = true;
    }

    /** Zero when it is over. */
    synchronized Duration left() {
        return Duration.ofNanos(begun ? Math.max(0, end - nanoTime.getAsLong()) : 0);
    }
}
