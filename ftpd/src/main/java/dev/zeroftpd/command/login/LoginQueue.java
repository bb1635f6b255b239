package dev.zeroftpd.command.login;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Which password is verified next: those of connected clients in the order in which they came, then those of clients that
 * have left meanwhile. Any thread.
 *
 * <p>A session has at most one password here, so the limit on sessions bounds the connected clients. Clients that have
 * left cost their sender nothing any more, so at most {@link #MOST_DEPARTED} of those may wait.
 */
final class LoginQueue {

    /** Some three seconds of work for one core at the usual cost of a hash; more than that is dropped. */
    static final int MOST_DEPARTED = 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Verification> connected = new ArrayDeque<>();
    private final ArrayDeque<Verification> departed = new ArrayDeque<>();

    void add(Verification verification) {
        lock.lock();
        try {
            connected.add(verification);
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
            Verification head = connected.poll();
            while (head != null && head.isDeparted()) {
                boolean fits = departed.size() < MOST_DEPARTED;
                (fits ? departed : dropped).add(head);
                if (fits) {
                    postponed.add(head);
                }
                head = connected.poll();
            }
            next = Optional.ofNullable(head == null ? departed.poll() : head);
        } finally {
            lock.unlock();
        }
        dropped.forEach(Verification::drop);
        postponed.forEach(timed);
        return next;
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
