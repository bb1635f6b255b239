package dev.zeroftpd.transfer.turn;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The places at which threads may compute, one per processor. Any thread.
 *
 * <p>Virtual threads that compute never leave their carriers, so some dozens of them would stop all others for good; and
 * where they yield, each waits for all others, whichever account they work for. So a thread computes only with a place, and
 * those that wait for one hold no carrier. Accounts take turns, and so do the threads of each: an account with two hundred
 * transfers makes another wait for one slice.
 *
 * <p>Most work gives its place back before it waits for a socket or a disk. A directory walk can't: it asks the file system
 * for each name, which seldom waits. If a disk hangs there, the place is lent to others after a while.
 */
public final class Turns {

    /** Many times what a piece of work takes: a thread that is still at it waits for something, or for a processor. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A walk looks at its turn each 50 µs, and leaves it after half of this: it is in a system call that waits. */
    private static final long PATIENCE_WITH_WALKS_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** File systems on other machines take longer. */
    private static final long PATIENCE_WITH_REMOTE_WALKS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int REMOTE_WALKS = 4;

    private static final int LEAST_LENT = 16;

    private static final ThreadFactory WATCHERS =
            Thread.ofVirtual().name("turn-watch").factory();

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** A process has its processors once, and virtual threads their carriers, however many servers are embedded in it. */
    public static final Turns OF_THIS_PROCESS =
            new Turns(PROCESSORS, PATIENCE_NANOS, PATIENCE_WITH_WALKS_NANOS, mostLent(), WATCHERS);

    /**
     * Places of walks through file systems that aren't on this machine's disks, or are an embedder's: they mostly wait, and
     * would do so in places where others could compute.
     */
    public static final Turns OF_REMOTE_WALKS = new Turns(
            REMOTE_WALKS, PATIENCE_WITH_REMOTE_WALKS_NANOS, PATIENCE_WITH_REMOTE_WALKS_NANOS, REMOTE_WALKS, WATCHERS);

    private final long patienceNanos;
    private final long walkNanos;

    /** As many threads may hang while others compute in their places: each has a carrier. */
    private final int mostLent;

    private final ThreadFactory watchers;

    /** Who computes where; null is a free place. */
    private final AtomicReferenceArray<@Nullable Turn> places;

    private final ReentrantLock lock = new ReentrantLock();

    /** Who waits, by account, those first that had their turn longest ago. Guarded by the lock. */
    private final LinkedHashMap<Object, Queue<Turn>> line = new LinkedHashMap<>();

    /** How many wait. Changed with the lock. */
    private volatile int waiting;

    private final AtomicInteger hanging = new AtomicInteger();
    private boolean watched;

    /**
     * Has a place per processor.
     *
     * @param processors how many threads compute at once; 0: any number
     * @param patienceNanos how long one may compute while others wait
     */
    Turns(int processors, long patienceNanos) {
        this(processors, patienceNanos, PATIENCE_WITH_WALKS_NANOS, LEAST_LENT, WATCHERS);
    }

    /**
     * The same with all that can be chosen.
     *
     * @param walkNanos how long a walk may
     */
    Turns(int processors, long patienceNanos, long walkNanos, int mostLent, ThreadFactory watchers) {
        this.walkNanos = walkNanos;
        this.mostLent = mostLent;
        this.watchers = watchers;
        this.patienceNanos = patienceNanos;
        places = new AtomicReferenceArray<>(processors);
    }

    /** Leaves carriers for those that compute, for remote walks, and for transfers that compute nothing. */
    private static int mostLent() {
        int carriers = Integer.getInteger("jdk.virtualThreadScheduler.parallelism", PROCESSORS);
        return Math.max(LEAST_LENT, carriers - 2 * PROCESSORS - 2 * REMOTE_WALKS);
    }

    /** A turn for one thread that works for {@code account}, which may be anything with a good {@code equals}. */
    public Turn of(Object account) {
        return new Turn(this, account);
    }

    boolean isUnlimited() {
        return places.length() == 0;
    }

    /** For tests. */
    boolean hasNoneWaiting() {
        return waiting == 0;
    }

    /** Takes a place if one is free and no thread waits for it. */
    boolean takeFree(Turn turn) {
        return waiting == 0 && place(turn);
    }

    private boolean place(Turn turn) {
        for (int i = 0; i < places.length(); i++) {
            if (places.get(i) == null && places.compareAndSet(i, null, turn)) {
                turn.took(i);
                return true;
            }
        }
        return false;
    }

    /** Lets {@code turn} wait. It is told when it has a place, perhaps before this returns. */
    void queue(Turn turn) {
        lock.lock();
        try {
            Queue<Turn> account = line.get(turn.owner());
            if (account == null) {
                account = new ArrayDeque<>();
                line.putFirst(turn.owner(), account);
            }
            account.add(turn);
            addWaiting(1);
            handOut();
            if (waiting > 0 && !watched) {
                beginWatch(turn, account);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Where no thread can be started, {@code turn} doesn't wait: its place would be given to a thread that has failed. */
    private void beginWatch(Turn turn, Queue<Turn> account) {
        try {
            watchers.newThread(this::watch).start();
            watched = true;
        } catch (OutOfMemoryError noThread) {
            if (account.remove(turn)) {
                addWaiting(-1);
                throw noThread;
            }
        }
    }

    void leave(Turn turn, int place) {
        if (!places.compareAndSet(place, turn, null)) {
            hanging.decrementAndGet(); // it was lent to others meanwhile
        } else if (waiting > 0) {
            lock.lock();
            try {
                handOut();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Gives free places to those that wait. Needs the lock. */
    private void handOut() {
        for (int i = 0; i < places.length() && waiting > 0; i++) {
            if (places.get(i) == null) {
                Turn next = first();
                if (places.compareAndSet(i, null, next)) {
                    removeFirst();
                    next.got(i);
                }
            }
        }
    }

    /** Forgets accounts before it that have no thread here: they would come first anyway. */
    private Turn first() {
        Turn next = line.firstEntry().getValue().peek();
        while (next == null) {
            line.pollFirstEntry();
            next = line.firstEntry().getValue().peek();
        }
        return next;
    }

    /** The account stays in the line, last, so that it doesn't come first when its thread is back from its socket. */
    private void removeFirst() {
        Map.Entry<Object, Queue<Turn>> first = line.pollFirstEntry();
        first.getValue().remove();
        addWaiting(-1);
        if (waiting > 0) {
            line.putLast(first.getKey(), first.getValue());
        } else {
            line.clear();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // changed with the lock, read without
    private void addWaiting(int more) {
        waiting += more;
    }

    /** Watches those that compute as long as others wait. */
    private void watch() {
        while (true) {
            LockSupport.parkNanos(this, Math.min(patienceNanos, walkNanos));
            lock.lock();
            try {
                if (waiting == 0) {
                    watched = false;
                    return;
                }
                lendHangingPlaces();
                handOut();
            } finally {
                lock.unlock();
            }
        }
    }

    private void lendHangingPlaces() {
        long now = System.nanoTime();
        for (int i = 0; i < places.length() && hanging.get() < mostLent; i++) {
            Turn holder = places.get(i);
            if (holder != null
                    && now - holder.takenNanos() > (holder.walks() ? walkNanos : patienceNanos)
                    && places.compareAndSet(i, holder, null)) {
                hanging.incrementAndGet();
            }
        }
    }
}
