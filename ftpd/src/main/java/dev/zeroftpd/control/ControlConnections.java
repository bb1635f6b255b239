package dev.zeroftpd.control;

import dev.zeroftpd.transfer.result.Outcome.Aborted.Cause;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All control connections of a server, across its listeners: their limits, their number, and their common end. Every
 * method may be called from any thread.
 */
public final class ControlConnections {

    /** Whether one more connection may come. */
    enum Admission {
        ADMITTED,
        FULL,
        TOO_MANY_FROM_ADDRESS,
        SHUTTING_DOWN
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private final Set<ControlConnection> open = new LinkedHashSet<>();
    private int admitted;
    private int limit;
    private int limitPerAddress;
    private boolean draining;

    /**
     * @param limit most connections at once; 0: any number
     * @param limitPerAddress the same for one client address
     */
    public ControlConnections(int limit, int limitPerAddress) {
        this.limit = limit;
        this.limitPerAddress = limitPerAddress;
    }

    /** Changes the limits; connections that are open stay. */
    public void limits(int newLimit, int newLimitPerAddress) {
        lock.lock();
        try {
            limit = newLimit;
            limitPerAddress = newLimitPerAddress;
        } finally {
            lock.unlock();
        }
    }

    /** Connections now, including those whose transfer is still being ended. */
    public int count() {
        lock.lock();
        try {
            return admitted;
        } finally {
            lock.unlock();
        }
    }

    /** Connections with a transfer now. */
    public int transferring() {
        return (int) snapshot().stream()
                .filter(connection -> connection.currentTransfer().isPresent())
                .count();
    }

    /**
     * Begins the shutdown: new connections are refused with 421, idle ones get 421 at once, and the others when their
     * running command or transfer has ended. Commands queued behind it are dropped.
     */
    public void drain(String why) {
        lock.lock();
        try {
            draining = true;
        } finally {
            lock.unlock();
        }
        snapshot().forEach(connection -> connection.closeWhenDone(why));
    }

    /** Ends all transfers early: 426 now, and 421 if the connections are being drained. */
    public void cancelTransfers() {
        snapshot().forEach(connection -> connection.cancelTransfer(Cause.SHUTDOWN));
    }

    /** Waits until no connection is left, for at most {@code longest}; false if some remain. */
    public boolean awaitNone(Duration longest) throws InterruptedException {
        long nanos = longest.toNanos();
        lock.lock();
        try {
            while (admitted > 0 && nanos > 0) {
                nanos = changed.awaitNanos(Math.min(nanos, TimeUnit.HOURS.toNanos(1)));
            }
            return admitted == 0;
        } finally {
            lock.unlock();
        }
    }

    Admission admit(InetAddress address) {
        lock.lock();
        try {
            int same = perAddress.getOrDefault(address, 0);
            if (draining) {
                return Admission.SHUTTING_DOWN;
            } else if (limit > 0 && admitted >= limit) {
                return Admission.FULL;
            } else if (limitPerAddress > 0 && same >= limitPerAddress) {
                return Admission.TOO_MANY_FROM_ADDRESS;
            }
            admitted++;
            perAddress.put(address, same + 1);
            return Admission.ADMITTED;
        } finally {
            lock.unlock();
        }
    }

    void opened(ControlConnection connection) {
        lock.lock();
        try {
            open.add(connection);
        } finally {
            lock.unlock();
        }
    }

    /** To be called at the very end of an admitted connection. */
    void closed(ControlConnection connection, InetAddress address) {
        lock.lock();
        try {
            if (open.remove(connection)) {
                admitted--;
                perAddress.computeIfPresent(address, (same, count) -> count > 1 ? count - 1 : null);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private List<ControlConnection> snapshot() {
        lock.lock();
        try {
            return List.copyOf(open);
        } finally {
            lock.unlock();
        }
    }
}
