package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.Place;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The directories in which this server has searched for partials of a killed server. Thread-safe; one per server.
 *
 * <p>Each is searched once, when a client first lists it or uploads to it: the partials that this server leaves have
 * timers of their own. Nothing walks through whole homes, which may be huge.
 */
final class SweptDirectories {

    /** Enough for those in use, and at most some MiB; one that was forgotten is looked at again, which does no harm. */
    private static final int REMEMBERED = 10_000;

    /** A recursive listing visits directories faster than they can be swept: the others have their turn next time. */
    private static final int AT_ONCE = 4;

    private final Set<Place> swept = new LinkedHashSet<>();
    private int running;

    /** Runs {@code sweep} soon, on a thread of its own, unless that was done before or too many are at it. */
    void once(Place directory, Runnable sweep) {
        if (begin(directory)) {
            Thread.startVirtualThread(() -> {
                try {
                    sweep.run();
                } finally {
                    end();
                }
            });
        }
    }

    private synchronized boolean begin(Place directory) {
        if (running == AT_ONCE || !swept.add(directory)) {
            return false;
        }
        running++;
        if (swept.size() > REMEMBERED) {
            Iterator<Place> oldest = swept.iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }

    private synchronized void end() {
        running--;
    }
}
