package dev.zeroftpd.transfer.channel;

import java.util.concurrent.TimeUnit;

/**
 * How a session's client has ended its data connections so far, which says where and how long {@link LingeringClose}
 * waits for the next end. Any thread.
 */
public final class PeerHabit {

    /** A client nearby that has nothing else to do closes within 0.1 ms; on a busy machine, within a turn or two. */
    private static final int NEAR_MILLIS = 5;

    /** Many turns of a busy processor. It is also the most that a client which closes later loses, once in a session. */
    private static final int PATIENT_MILLIS = 100;

    /**
     * For a client that is too far away to close in time, or waits for the reply before it closes: long enough for one
     * that isn't held up to read the 150 before the 226 comes.
     */
    private static final int SHORT_MILLIS = 10;

    private enum Shown {
        /** Closed at once. */
        NEAR,
        /** Closed by itself, but it took a while; or nothing was seen of it yet. */
        FAR,
        /** Had not closed when we no longer waited. */
        LATE
    }

    private volatile Shown shown = Shown.FAR;

    /**
     * How long the thread that sent the last byte may wait itself, which saves three hand-offs. 0: not at all, since no
     * thread is to be held by a client that takes longer.
     */
    int millisInPlace() {
        return shown == Shown.NEAR ? NEAR_MILLIS : 0;
    }

    /** How long the peer gets altogether. */
    int millis() {
        return shown == Shown.LATE ? SHORT_MILLIS : PATIENT_MILLIS;
    }

    /** The peer closed its side after {@code nanos}. */
    void closed(long nanos) {
        shown = nanos <= TimeUnit.MILLISECONDS.toNanos(NEAR_MILLIS) ? Shown.NEAR : Shown.FAR;
    }

    /** The peer's side is still open, and we wait no longer. */
    void keptOpen() {
        shown = Shown.LATE;
    }
}
