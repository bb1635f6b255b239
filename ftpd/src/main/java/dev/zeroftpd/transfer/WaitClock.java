package dev.zeroftpd.transfer;

import java.util.function.LongSupplier;

/**
 * Knows since when a transfer waits for its peer. Begun and ended by the transfer's thread, read by any. Waiting for the
 * disk, for a throttle or for a place to compute does not count: that is not the peer's fault.
 */
final class WaitClock {

    private static final long NOT_WAITING = Long.MIN_VALUE;

    private final LongSupplier nanoTime;
    private volatile long since = NOT_WAITING;

    WaitClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void begin() {
        since = nanoTime.getAsLong();
    }

    void beginUnlessBegun() {
        if (since == NOT_WAITING) {
            begin();
        }
    }

    void end() {
        since = NOT_WAITING;
    }

    boolean exceeds(long now, long limitNanos) {
        long begun = since;
        return begun != NOT_WAITING && now - begun > limitNanos;
    }
}
