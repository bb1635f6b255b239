package dev.zeroftpd.storage.quota;

import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;

/** How fast a home is looked through. One thread; an interrupt of that thread ends the walk. */
public final class Pace {

    /** Some milliseconds of work, so that the pauses are as short. */
    private static final int ENTRIES = 200;

    /** Of a disk's time, and of a processor's, one quarter. */
    private static final int PAUSE_PER_WORK = 3;

    private final boolean gentle;
    private long count;
    private long began = System.nanoTime();

    /** The same for other threads. */
    private volatile long all;

    private Pace(boolean gentle) {
        this.gentle = gentle;
    }

    /** For work that no operator waits for. */
    public static Pace gentle() {
        return new Pace(true);
    }

    public static Pace full() {
        return new Pace(false);
    }

    /** Entries so far. Any thread. */
    public long entries() {
        return all;
    }

    /** @throws CancellationException if the thread is interrupted */
    void step() {
        count++;
        all = count;
        if (count % ENTRIES == 0) {
            if (gentle) {
                LockSupport.parkNanos((System.nanoTime() - began) * PAUSE_PER_WORK);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted");
            }
            began = System.nanoTime();
        }
    }
}
