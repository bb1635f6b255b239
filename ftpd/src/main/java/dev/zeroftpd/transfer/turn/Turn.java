package dev.zeroftpd.transfer.turn;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The right of one thread to compute, which it takes before each piece of work and leaves before whatever may wait: a
 * socket, a file, a throttle. Found by {@link #current()}, so that what computes need not be handed it; used by its thread.
 *
 * <p>Taking one that is held and leaving one that isn't change nothing, so neither caller has to know what the other did.
 * Both cost one atomic operation if no other thread waits.
 */
public final class Turn {

    /** One that is always there: of threads that no other thread has to wait for. */
    private static final Turn FREE = new Turn(new Turns(0, 0), "");

    private static final ScopedValue<Turn> CURRENT = ScopedValue.newInstance();

    /** Long enough to make changing threads cheap, short enough for a hundred accounts to get theirs within a second. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int NONE = -1;

    private static final long NOT_WAITING = Long.MIN_VALUE;

    private final Turns turns;
    private final Object owner;

    /** Where {@link Turns} noted it, or NONE. Written with its lock by others only while the thread waits. */
    private volatile int place = NONE;

    /** When it was taken, so that it can be seen from outside how long it has been held. */
    private volatile long takenNanos;

    /** Its thread computes inside of system calls. */
    private volatile boolean walks;

    private volatile @Nullable Thread waiter;

    /** Since when its thread waits for a place, or NOT_WAITING. Written by that thread, as the next one. */
    private volatile long waitingSince = NOT_WAITING;

    /** How long it waited before. */
    private volatile long waitedNanos;

    private long yieldedNanos = System.nanoTime();

    Turn(Turns turns, Object owner) {
        this.turns = turns;
        this.owner = owner;
    }

    /** The running thread's turn; one that is never waited for if it has none. */
    public static Turn current() {
        return CURRENT.orElse(FREE);
    }

    /** Runs {@code work} with this as the turn of the running thread, and leaves it in the end. */
    public void during(Runnable work) {
        ScopedValue.where(CURRENT, this).run(() -> {
            try {
                work.run();
            } finally {
                leave();
            }
        });
    }

    /** One of the same thread for the places of {@code others}. */
    public Turn among(Turns others) {
        return turns.isUnlimited() ? this : others.of(owner);
    }

    /**
     * Waits until this thread may compute. To be called before each piece of work, which should take a few milliseconds at
     * most, and is followed by a {@link #leave}.
     */
    public void take() {
        if (place != NONE || turns.isUnlimited()) {
            return;
        }
        long now = System.nanoTime();
        if (now - yieldedNanos >= SLICE_NANOS) {
            yieldCarrier();
            now = System.nanoTime();
            yieldedNanos = now;
        }
        takenNanos = now;
        if (!turns.takeFree(this)) {
            await(now);
        }
    }

    private void await(long begun) {
        waiter = Thread.currentThread();
        waitingSince = begun;
        try {
            turns.queue(this);
            while (place == NONE) {
                LockSupport.park(this);
            }
        } finally {
            addWaited(System.nanoTime() - begun);
            waitingSince = NOT_WAITING;
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, others only look
    private void addWaited(long nanos) {
        waitedNanos += nanos;
    }

    /**
     * How long its thread has waited for places until now: time that no client is to be blamed for. Any thread; while a wait
     * ends it may count twice for a moment, never not at all.
     */
    public long waitedNanos() {
        long since = waitingSince; // before what has been waited, to which it is added before it is cleared
        long before = waitedNanos;
        return since == NOT_WAITING ? before : before + (System.nanoTime() - since);
    }

    /**
     * The same for directory walks, which have no end in sight: lets others compute first if this thread has for some
     * milliseconds.
     */
    public void takeAgain() {
        if (!walks && !turns.isUnlimited()) {
            walks = true;
        }
        if (place != NONE && System.nanoTime() - takenNanos >= SLICE_NANOS) {
            leave();
        }
        take();
    }

    /**
     * Lets other virtual threads run on this one's carrier: one that never waits would keep it for itself, also from those
     * that compute nothing.
     */
    @SuppressWarnings("ThreadPriorityCheck") // carriers have no scheduler that would do it; turns don't depend on it
    public static void yieldCarrier() {
        Thread.yield();
    }

    /** Lets others compute. To be called before anything that may wait. */
    public void leave() {
        int held = place;
        if (held != NONE) {
            place = NONE;
            turns.leave(this, held);
        }
    }

    /** Whom its thread works for. */
    public Object owner() {
        return owner;
    }

    boolean walks() {
        return walks;
    }

    long takenNanos() {
        return takenNanos;
    }

    void took(int where) {
        place = where;
    }

    /** It got its place while its thread waited. */
    void got(int where) {
        takenNanos = System.nanoTime();
        place = where;
        LockSupport.unpark(waiter);
    }
}
