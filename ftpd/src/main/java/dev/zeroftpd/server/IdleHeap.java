package dev.zeroftpd.server;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back the heap that a busy time left behind, as soon as the server is calm. One thread.
 *
 * <p>The serial collector grows the heap while garbage gets old enough for the old generation, and looks at that one only when it
 * is full: without this, a server that rests keeps hundreds of MiB for a few MiB of objects. Only for a process of its own: a
 * collection of everything is no business of a server in somebody else's process.
 */
final class IdleHeap implements Runnable {

    /** Three or four looks within a minute, in which a server is to be small again. */
    static final Duration INTERVAL = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(IdleHeap.class);

    private static final long MIB = 1 << 20;

    /** Below this a collection would give back too little to be worth its pause. */
    private static final long WORTHWHILE_BYTES = 64 * MIB;

    /** What a server at rest allocates from one look to the next, with a margin: a few sessions that say NOOP. */
    private static final long CALM_BYTES = 2 * MIB;

    private final Supplier<Size> heap;
    private final Runnable collect;

    private long usedBefore;

    /** What was in use after the last collection of our own: as long as there is little more, another one finds nothing. */
    private long alive;

    /** Bytes: what the heap has of the machine, and how much of it is in use or garbage. */
    record Size(long committed, long used) {

        private static Size now() {
            Runtime runtime = Runtime.getRuntime();
            long committed = runtime.totalMemory();
            return new Size(committed, committed - runtime.freeMemory());
        }
    }

    IdleHeap() {
        this(Size::now, System::gc);
    }

    IdleHeap(Supplier<Size> heap, Runnable collect) {
        this.heap = heap;
        this.collect = collect;
    }

    @Override
    public void run() {
        Size size = heap.get();
        long allocated = size.used() - usedBefore;
        usedBefore = size.used();
        // Less in use than before means that a collection came in between: that server works.
        boolean calm = allocated >= 0 && allocated <= CALM_BYTES;
        if (calm && size.committed() > WORTHWHILE_BYTES && size.committed() > 3 * alive) {
            collect.run();
            Size after = heap.get();
            usedBefore = after.used();
            alive = after.used();
            LOG.debug("Gave back {} bytes of heap, {} are in use", size.committed() - after.committed(), alive);
        }
    }
}
