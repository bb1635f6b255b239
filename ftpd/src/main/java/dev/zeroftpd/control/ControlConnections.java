package dev.zeroftpd.control;

import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.control.admission.InputBudget;
import dev.zeroftpd.control.admission.SessionLimits;
import dev.zeroftpd.control.admission.Strangers;
import dev.zeroftpd.control.ban.Guesses;
import dev.zeroftpd.control.trace.Traces;
import dev.zeroftpd.ops.event.Events;
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

    private static final Guesses NO_PENALTIES = Guesses.none();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<AddressPrefix, Integer> perAddress = new HashMap<>();
    private final Set<ControlConnection> open = new LinkedHashSet<>();
    private final Strangers strangers;
    private final Guesses guesses;
    private final Events events;
    private final Traces traces = new Traces();
    private final InputBudget input = new InputBudget();
    private int admitted;
    private SessionLimits limits;
    private boolean draining;

    /** Without penalties for wrong passwords. */
    public ControlConnections(SessionLimits limits, Events events) {
        this(limits, NO_PENALTIES, events);
    }

    /** @param events is told what happens to the connections */
    public ControlConnections(SessionLimits limits, Guesses guesses, Events events) {
        this.limits = limits;
        this.guesses = guesses;
        this.events = events;
        this.strangers = new Strangers(limits);
    }

    /** At passwords, from all addresses. */
    Guesses guesses() {
        return guesses;
    }

    /** To which everything that happens is told. */
    Events events() {
        return events;
    }

    /** Of what the clients send and are answered. */
    public Traces traces() {
        return traces;
    }

    /** How many there may be now; 0 for no limit. */
    public int most() {
        lock.lock();
        try {
            return limits.sessions();
        } finally {
            lock.unlock();
        }
    }

    /** Changes the limits; connections that are open stay. */
    public void limits(SessionLimits changed) {
        strangers.limits(changed);
        lock.lock();
        try {
            limits = changed;
        } finally {
            lock.unlock();
        }
    }

    /** Those without a login. */
    Strangers strangers() {
        return strangers;
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

    /** Connections without a login now. */
    public int beforeLogin() {
        return strangers.count();
    }

    /** Connections from an address now. */
    int count(AddressPrefix from) {
        lock.lock();
        try {
            return perAddress.getOrDefault(from, 0);
        } finally {
            lock.unlock();
        }
    }

    /** Connections with a transfer now. */
    public int transferring() {
        return (int) open().stream()
                .filter(connection -> connection.currentTransfer().isPresent())
                .count();
    }

    /** Those with an upload, of the connections with a transfer now. */
    public int uploading() {
        return (int) open().stream()
                .flatMap(connection -> connection.currentTransfer().stream())
                .filter(PendingTransfer::isUpload)
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
        open().forEach(connection -> connection.closeWhenDone(why));
    }

    /** True once the shutdown has begun. */
    boolean isDraining() {
        lock.lock();
        try {
            return draining;
        } finally {
            lock.unlock();
        }
    }

    /** Ends all transfers early: 426 now, and 421 if the connections are being drained. */
    public void cancelTransfers() {
        open().forEach(connection -> connection.cancelTransfer(Cause.SHUTDOWN));
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

    /** What they may have sent ahead, together. */
    InputBudget input() {
        return input;
    }

    /** What the connections from an address are counted as. */
    public AddressPrefix prefixOf(InetAddress address) {
        lock.lock();
        try {
            return AddressPrefix.of(address, limits.ipv6PrefixBits());
        } finally {
            lock.unlock();
        }
    }

    Admission admit(AddressPrefix from) {
        lock.lock();
        try {
            int same = perAddress.getOrDefault(from, 0);
            if (draining) {
                return Admission.SHUTTING_DOWN;
            } else if (limits.sessions() > 0 && admitted >= limits.sessions()) {
                return Admission.FULL;
            } else if (limits.perAddress() > 0 && same >= limits.perAddress()) {
                return Admission.TOO_MANY_FROM_ADDRESS;
            }
            admitted++;
            perAddress.put(from, same + 1);
            return Admission.ADMITTED;
        } finally {
            lock.unlock();
        }
    }

    /** Takes back an admission of which no connection came. */
    void withdraw(AddressPrefix from) {
        lock.lock();
        try {
            leave(from);
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
    void closed(ControlConnection connection, AddressPrefix from) {
        lock.lock();
        try {
            if (open.remove(connection)) {
                leave(from);
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave(AddressPrefix from) {
        admitted--;
        perAddress.computeIfPresent(from, (same, count) -> count > 1 ? count - 1 : null);
        changed.signalAll();
    }

    /** Those that are open now: the lock is held for a copy of references, some tens of microseconds for 10,000. */
    public List<ControlConnection> open() {
        lock.lock();
        try {
            return List.copyOf(open);
        } finally {
            lock.unlock();
        }
    }
}
