package dev.zeroftpd.dataconnection;

import dev.zeroftpd.config.PortRange;
import java.util.BitSet;
import java.util.OptionalInt;

/**
 * The ports that passive listeners may use, and which of them are in use. Any thread.
 *
 * <p>Ports are given out in turn rather than the lowest free one, so that a port rests as long as possible before a
 * late connection could reach the next client's listener.
 */
public final class PassivePorts {
    private final PortRange range;
    private final BitSet used = new BitSet();
    private int next;

    /** @param start where to begin; a random number keeps others from guessing the first port */
    public PassivePorts(PortRange range, int start) {
        this.range = range;
        this.next = range.isAny() ? 0 : Math.floorMod(start, range.size());
    }

    /** A free port, 0 where the system picks; empty if all are taken. Must be released. */
    public synchronized OptionalInt acquire() {
        if (range.isAny()) {
            return OptionalInt.of(0);
        }
        int index = used.nextClearBit(next);
        if (index >= range.size()) {
            index = used.nextClearBit(0);
        }
        if (index >= range.size()) {
            return OptionalInt.empty();
        }
        used.set(index);
        next = (index + 1) % range.size();
        return OptionalInt.of(range.first() + index);
    }

    /** Gives a port back. */
    public synchronized void release(int port) {
        if (!range.isAny()) {
            used.clear(port - range.first());
        }
    }

    /** Ports in use now; 0 where the system picks. */
    public synchronized int inUse() {
        return used.cardinality();
    }

    @Override
    public String toString() {
        return range.toString();
    }
}
