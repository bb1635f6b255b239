package dev.zeroftpd.dataconnection;

import dev.zeroftpd.config.PortRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.BitSet;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.apache.ftpserver.DataConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * The ports that passive listeners may use, which of them are in use, and by whom. Any thread.
 *
 * <p>Ports are drawn at random, so that strangers can't tell the next one; and one that was used rests until half of the
 * range has been, so that a late connection doesn't reach the next client's listener.
 *
 * <p>A client may take a port as long as it holds less than {@link #SHARE} times as many as are free, and the last one only
 * if it holds none. So one client gets at most three quarters of a large range, several share it, and there is always a
 * port for one that comes. Before a client is refused, listeners lose their ports that have waited too long for their
 * transfer.
 */
public final class PassivePorts {

    /** With 3, one client alone gets three quarters, two get three sevenths each. */
    private static final int SHARE = 3;

    /** Enough to find a free port in a range of which at most three quarters are in use or rest. */
    private static final int TRIES = 16;

    /** No client has this address. */
    static final InetAddress NO_CLIENT = new InetSocketAddress(0).getAddress();

    private final PortRange range;
    private final RandomGenerator random;
    private final UnaryOperator<InetAddress> client;
    private final @Nullable InetAddress[] holders;
    private final @Nullable PassiveListener[] listeners;
    private final BitSet resting = new BitSet();
    private int free;

    /** @param client what counts as one client: maps all addresses that are the same one's to one of them */
    public PassivePorts(PortRange range, UnaryOperator<InetAddress> client) {
        this(range, PassiveListener::random, client);
    }

    /** @param random draws the ports */
    PassivePorts(PortRange range, RandomGenerator random, UnaryOperator<InetAddress> client) {
        this.range = range;
        this.random = random;
        this.client = client;
        this.free = range.isAny() ? 0 : range.size();
        this.holders = new InetAddress[free];
        this.listeners = new PassiveListener[free];
    }

    /**
     * A free port, 0 where the system picks. Must be released.
     *
     * @throws DataConnectionException if there is none, or none for {@code address}
     */
    synchronized int acquire(InetAddress address) throws DataConnectionException {
        if (range.isAny()) {
            return 0;
        }
        InetAddress holder = client.apply(address);
        if (!mayTake(holder)) {
            takeBackUnused();
            requireShare(holder);
        }
        int index = draw();
        holders[index] = holder;
        free--;
        rest(index);
        return range.first() + index;
    }

    private void requireShare(InetAddress holder) throws DataConnectionException {
        if (free == 0) {
            throw new DataConnectionRefusal("All passive ports are in use, try again later.");
        }
        if (!mayTake(holder)) {
            int held = held(holder);
            throw new DataConnectionRefusal(
                    "Your address has " + held + (held == 1 ? " passive port" : " passive ports")
                            + " open, and the last ones are for others: try again later.");
        }
    }

    private boolean mayTake(InetAddress holder) {
        int used = holders.length - free;
        if (free > 1 && used < SHARE * free) {
            return true; // even if it holds all of them, without counting
        }
        if (free == 0) {
            return false;
        }
        int held = held(holder);
        return held == 0 || (free > 1 && held < SHARE * free);
    }

    private int held(InetAddress holder) {
        int held = 0;
        for (@Nullable InetAddress other : holders) {
            if (holder.equals(other)) {
                held++;
            }
        }
        return held;
    }

    /** Walks over the whole range, but only when a client would be refused otherwise. */
    private void takeBackUnused() {
        for (@Nullable PassiveListener listener : listeners) {
            if (listener != null) {
                listener.closeIfOverdue(); // which releases its port
            }
        }
    }

    private int draw() {
        for (int i = 0; i < TRIES; i++) {
            int index = random.nextInt(holders.length);
            if (holders[index] == null && !resting.get(index)) {
                return index;
            }
        }
        int index = random.nextInt(holders.length);
        while (holders[index] != null) {
            index = (index + 1) % holders.length;
        }
        return index;
    }

    private void rest(int index) {
        if (resting.cardinality() >= holders.length / 2) {
            resting.clear();
        }
        resting.set(index);
    }

    /** The listener that an acquired port has got: it may lose the port while no transfer uses it. */
    synchronized void opened(int port, PassiveListener listener) {
        if (!range.isAny()) {
            listeners[port - range.first()] = listener;
        }
    }

    /** Another program has the acquired port: it counts for no client, and must be released like others. */
    synchronized void foundTaken(int port) {
        if (!range.isAny()) {
            holders[port - range.first()] = NO_CLIENT;
        }
    }

    /** Gives a port back. */
    synchronized void release(int port) {
        if (!range.isAny()) {
            int index = port - range.first();
            if (holders[index] != null) {
                free++;
            }
            holders[index] = null;
            listeners[index] = null;
        }
    }

    /** Ports in use now; 0 where the system picks. */
    synchronized int inUse() {
        return holders.length - free;
    }

    @Override
    public String toString() {
        return range.toString();
    }
}
