package dev.zeroftpd.storage.quota;

import dev.zeroftpd.storage.VirtualPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets sessions that take or give up the same name in a home wait for each other: two that replace one file at the same time
 * would both find it there, and both give back its bytes. Thread-safe.
 *
 * <p>Only the last part of a path counts, for whatever directories lead to a file, that is its name; upper and lower case are one,
 * as on some file systems. Other names wait only by chance.
 */
final class NameTurns {

    /** So few sessions of one home are in the file system at once that two of them seldom meet here. */
    private static final int TURNS = 64;

    private static final AtomicLong ORDERS = new AtomicLong();

    /** Of two homes that are held together, the lower one is first. */
    private final long order = ORDERS.incrementAndGet();

    private final List<ReentrantLock> turns = new ArrayList<>();

    /** What is to be told when its thread holds nothing any more. */
    private final Queue<Runnable> untold = new ConcurrentLinkedQueue<>();

    NameTurns() {
        for (int i = 0; i < TURNS; i++) {
            turns.add(new ReentrantLock());
        }
    }

    /** What is held until it is closed. By one thread. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for the names of these paths. A thread that holds names may only ask for those again. */
    Held hold(VirtualPath... paths) {
        Set<Integer> indexes = new TreeSet<>(); // always in the same order
        for (VirtualPath path : paths) {
            indexes.add(Math.floorMod(path.name().toLowerCase(Locale.ROOT).hashCode(), TURNS));
        }
        List<ReentrantLock> held = indexes.stream().map(turns::get).toList();
        held.forEach(ReentrantLock::lock);
        return () -> {
            held.forEach(ReentrantLock::unlock);
            tellAll();
        };
    }

    /** The same in two homes, in the same order whichever of them is asked. */
    Held holdBoth(NameTurns other, VirtualPath here, VirtualPath there) {
        if (other == this) {
            return hold(here, there);
        }
        boolean isFirst = order < other.order;
        Held first = isFirst ? hold(here) : other.hold(there);
        Held second = isFirst ? other.hold(there) : hold(here);
        return () -> {
            second.close();
            first.close();
        };
    }

    /** Events are no business of a session that waits for a name. */
    void tell(Runnable event) {
        if (isHeld()) {
            untold.add(event);
        } else {
            event.run();
        }
    }

    private boolean isHeld() {
        return turns.stream().anyMatch(ReentrantLock::isHeldByCurrentThread);
    }

    private void tellAll() {
        if (untold.isEmpty() || isHeld()) {
            return;
        }
        for (Runnable next = untold.poll(); next != null; next = untold.poll()) {
            next.run();
        }
    }
}
