package dev.zeroftpd.dataconnection.tls;

import dev.zeroftpd.transfer.turn.Turn;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends the TLS handshake of a data connection whose client takes too long. The time that its own thread waits for its turn
 * to compute doesn't count. Used by that thread, and looked at by timers.
 */
final class HandshakeDeadline {

    /** Between two looks at a handshake whose thread waits for its turn. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Runnable giveUp;
    private final Turn turn = Turn.current();
    private final long end;
    private final AtomicBoolean decided = new AtomicBoolean();
    private volatile Future<?> next;

    private HandshakeDeadline(Duration limit, Runnable giveUp) {
        this.giveUp = giveUp;
        this.end = now() + limit.toNanos();
        this.next = later(limit.toNanos());
    }

    /**
     * Begins to count, for the running thread.
     *
     * @param giveUp called on another thread if the handshake takes longer
     */
    static HandshakeDeadline start(Duration limit, Runnable giveUp) {
        return new HandshakeDeadline(limit, giveUp);
    }

    private long now() {
        return System.nanoTime() - turn.waitedNanos();
    }

    private Future<?> later(long nanos) {
        return ForkJoinPool.commonPool().schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }

    private void look() {
        long left = end - now();
        if (left <= 0) {
            if (decide()) {
                giveUp.run();
            }
        } else if (!decided.get()) {
            next = later(Math.max(left, PAUSE_NANOS));
        }
    }

    /** To be called when the handshake has ended: true if it has not been given up. */
    boolean isMet() {
        return decide();
    }

    private boolean decide() {
        return decided.compareAndSet(false, true);
    }

    /** To be called at the end, whatever it was. */
    void end() {
        decided.set(true);
        next.cancel(false);
    }
}
