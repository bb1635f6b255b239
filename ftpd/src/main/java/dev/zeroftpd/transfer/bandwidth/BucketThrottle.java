package dev.zeroftpd.transfer.bandwidth;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** One transfer's share of up to four budgets. Threads as {@link Throttle} says. */
final class BucketThrottle implements Throttle {

    /** A call that moves less isn't worth it; slow transfers become a little less smooth instead. */
    private static final long LEAST_TURN_BYTES = 1024;

    /** 16 ms at 250 MiB/s: as much as a socket's send buffer takes without waiting for the peer. */
    private static final long MOST_TURN_BYTES = 4L * 1024 * 1024;

    private final Bandwidth bandwidth;
    private final List<TokenBucket> buckets;
    private final List<Bandwidth.Key> keys;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param buckets the transfer's own first
     * @param keys of the shared ones
     */
    BucketThrottle(Bandwidth bandwidth, List<TokenBucket> buckets, List<Bandwidth.Key> keys) {
        this.bandwidth = bandwidth;
        this.buckets = buckets;
        this.keys = keys;
    }

    TokenBucket own() {
        return buckets.getFirst();
    }

    @Override
    public Grant reserve(long wanted) {
        long turn = Long.MAX_VALUE;
        for (TokenBucket bucket : buckets) {
            turn = Math.min(turn, bucket.turn());
        }
        if (turn == Long.MAX_VALUE) {
            return new Grant(wanted, 0);
        }
        // the smallest fair share of all levels: a transfer that another level holds back leaves the rest to the others
        long bytes = Math.min(wanted, Math.clamp(turn, LEAST_TURN_BYTES, MOST_TURN_BYTES));
        long now = bandwidth.now();
        long wait = 0;
        for (TokenBucket bucket : buckets) {
            wait = Math.max(wait, bucket.take(bytes, now));
        }
        return new Grant(bytes, wait);
    }

    @Override
    public void giveBack(long bytes) {
        for (TokenBucket bucket : buckets) {
            bucket.giveBack(bytes);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            bandwidth.leave(this, keys);
        }
    }
}
