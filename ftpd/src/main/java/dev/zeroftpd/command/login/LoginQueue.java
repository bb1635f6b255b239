package dev.zeroftpd.command.login;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Which password is verified next: those of connected clients, first the ones that were right before; then those of clients
 * that have left meanwhile. Addresses take turns. Any thread.
 *
 * <p>A session has at most one password here, so the limit on sessions bounds the connected clients. Clients that have
 * left cost their sender nothing any more, so at most {@link #MOST_DEPARTED} of those may wait.
 */
final class LoginQueue {

    /** Some three seconds of work for one core at the usual cost of a hash; more than that is dropped. */
    static final int MOST_DEPARTED = 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final Turns likelyRight = new Turns();
    private final Turns connected = new Turns();
    private final Turns departed = new Turns();

    void add(Verification verification) {
        boolean known = verification.isLikelyRight();
        lock.lock();
        try {
            (known ? likelyRight : connected).add(verification);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the next one, and moves those of clients that have left behind the others.
     *
     * @param timed called for each one that was moved, so that it can be dropped in time
     */
    Optional<Verification> next(Consumer<Verification> timed) {
        ArrayDeque<Verification> dropped = new ArrayDeque<>();
        ArrayDeque<Verification> postponed = new ArrayDeque<>();
        Optional<Verification> next;
        lock.lock();
        try {
            next = nextHere();
            while (next.isPresent() && next.get().isDeparted()) {
                Verification left = next.get();
                if (departed.size() < MOST_DEPARTED) {
                    departed.add(left);
                    postponed.add(left);
                } else {
                    dropped.add(left);
                }
                next = nextHere();
            }
            next = next.or(departed::poll);
        } finally {
            lock.unlock();
        }
        dropped.forEach(Verification::drop);
        postponed.forEach(timed);
        return next;
    }

    private Optional<Verification> nextHere() {
        return likelyRight.poll().or(connected::poll);
    }

    /** Removes one whose client has left; false if it was taken already. */
    boolean remove(Verification verification) {
        lock.lock();
        try {
            return departed.remove(verification);
        } finally {
            lock.unlock();
        }
    }
}
