package dev.zeroftpd.storage.quota;

import dev.zeroftpd.storage.Metadata;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What gets another place in a home while it is counted: a count may see it in both places, or in neither. Thread-safe, but counts
 * come one after the other.
 */
final class Moves {

    private final Counter counter;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean counting;

    /** Whether something was moved of which it isn't known how much it is. */
    private volatile boolean unknown;

    Moves(Counter counter) {
        this.counter = counter;
    }

    /** One change of a place, which ends when it is closed. By one thread. */
    final class Move implements AutoCloseable {

        private Move() {
            underWay.incrementAndGet();
        }

        /** Whether it matters what is moved. */
        boolean mayBeMissed() {
            return counting;
        }

        /** To be told before it is moved. No client waits until it is known what is in a directory. */
        void is(Metadata entry) {
            if (entry.isDirectory()) {
                unknown = true;
            } else {
                counter.pass(entry.isFile() ? entry.size() : 0);
            }
        }

        @Override
        public void close() {
            underWay.decrementAndGet();
        }
    }

    Move begin() {
        return new Move();
    }

    /** A count looks at each file from now on. */
    void beginCount() {
        unknown = false;
        counting = true;
        if (underWay.get() > 0) {
            unknown = true; // it may not have seen that it matters
        }
    }

    /** Whether all that was moved since then is in the counter's numbers. */
    boolean endCount() {
        counting = false;
        return !unknown;
    }
}
