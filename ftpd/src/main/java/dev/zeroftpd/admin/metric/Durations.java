package dev.zeroftpd.admin.metric;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** A histogram of durations. Any thread. */
final class Durations {

    /** From small files on a local network to the night's backup. */
    private static final double[] BOUNDS = {0.005, 0.02, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1800, 7200};

    private static final double NANOS_PER_SECOND = 1e9;

    private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    Durations() {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    void add(Duration duration) {
        double seconds = duration.toNanos() / NANOS_PER_SECOND;
        int bucket = 0;
        while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
            bucket++;
        }
        buckets[bucket].increment();
        nanos.add(duration.toNanos());
    }

    /** The samples of a family that has begun. */
    void write(Exposition to) {
        long count = 0;
        for (int i = 0; i < buckets.length; i++) {
            count += buckets[i].sum();
            to.part("_bucket", Long.toString(count), "le", i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf");
        }
        to.part("_count", Long.toString(count));
        to.part("_sum", Double.toString(nanos.sum() / NANOS_PER_SECOND));
    }
}
