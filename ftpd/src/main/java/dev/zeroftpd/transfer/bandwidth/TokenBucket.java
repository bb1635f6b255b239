package dev.zeroftpd.transfer.bandwidth;

/**
 * One budget of bytes a second, shared by those who opened it. Any thread.
 *
 * <p>Kept as the moment at which everything granted so far is paid for: a grant moves that moment, and the next
 * transfer waits for it. Grants are served in order, and each asks for no more than a small equal share, so competitors
 * take turns.
 */
final class TokenBucket {

    /**
     * What one turn may take: 16 ms of the rate. Waking up costs more than sending (1 MiB sent every 10 ms costs half as
     * much again as one that follows another), and a 100 ms window still has 6 or 7 turns, never a fifth too much.
     */
    static final long TURN_NANOS = 16_000_000;

    /** How much unused time may be caught up: makes up for timers that fire late. */
    private static final long CATCH_UP_NANOS = 8_000_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private long rate;
    private int users;
    private long paidUntil;
    private boolean begun;

    TokenBucket(long rate) {
        this.rate = rate;
    }

    synchronized void enter() {
        users++;
    }

    /** True if this was the last user. */
    synchronized boolean leave() {
        users--;
        return users == 0;
    }

    /** Changes the rate; what is owed already is paid at the new one. */
    synchronized void rate(long changed, long now) {
        if (rate > 0 && changed > 0 && paidUntil - now > 0) {
            paidUntil = now + (long) ((double) (paidUntil - now) * rate / changed);
        }
        if (changed == 0) {
            begun = false;
        }
        rate = changed;
    }

    /** A fair turn's bytes, or {@link Long#MAX_VALUE} without a limit. */
    synchronized long turn() {
        return rate == 0 ? Long.MAX_VALUE : (long) ((double) rate * TURN_NANOS / NANOS_PER_SECOND / Math.max(1, users));
    }

    /** Takes {@code bytes}; returns the nanoseconds to wait before they may move, 0 if that is at once. */
    synchronized long take(long bytes, long now) {
        if (rate == 0) {
            return 0;
        }
        long earliest = now - CATCH_UP_NANOS;
        if (!begun) {
            begun = true;
            paidUntil = now;
        } else if (paidUntil - earliest < 0) {
            paidUntil = earliest;
        }
        long wait = Math.max(0, paidUntil - now);
        paidUntil += cost(bytes);
        return wait;
    }

    /** Undoes {@link #take} for bytes that did not move. */
    synchronized void giveBack(long bytes) {
        if (rate > 0) {
            paidUntil -= cost(bytes);
        }
    }

    /** In nanoseconds. */
    private long cost(long bytes) {
        return (long) ((double) bytes * NANOS_PER_SECOND / rate);
    }

    synchronized boolean used() {
        return users > 0;
    }

    /** True if a new bucket in this one's place would grant no byte more. */
    synchronized boolean settled(long now) {
        return users == 0 && (rate == 0 || !begun || paidUntil - now <= 0);
    }
}
