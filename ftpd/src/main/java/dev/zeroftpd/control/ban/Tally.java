package dev.zeroftpd.control.ban;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The different passwords of one address, or for one name, that led to no log-in within the last time. Guarded by the lock of
 * {@link Guesses}.
 *
 * <p>Of each it keeps a keyed hash and when it came last; so a device that repeats one stale password counts once.
 */
final class Tally {

    private static final int FEW = 4;

    private long[] hashes = new long[FEW];
    private long[] times = new long[FEW];

    /** Which ones were no guesses. */
    private final BitSet right = new BitSet();

    private int size;
    private long answeredAt;

    Tally(long now) {
        answeredAt = now;
    }

    /**
     * Adds one, and forgets those that came before {@code oldest}.
     *
     * @param isRight it was no guess, though it led to no log-in
     * @param most beyond this number, the first one that was no guess makes room, or else the one that came first
     * @return whether it is a new one
     */
    boolean add(long hash, boolean isRight, long now, long oldest, int most) {
        forgetBefore(oldest);
        for (int i = 0; i < size; i++) {
            if (hashes[i] == hash) {
                times[i] = now;
                return false;
            }
        }
        if (size >= most) {
            remove(Math.max(0, right.nextSetBit(0)));
        }
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
            times = Arrays.copyOf(times, 2 * size);
        }
        hashes[size] = hash;
        times[size] = now;
        right.set(size, isRight);
        size++;
        return true;
    }

    private void forgetBefore(long oldest) {
        for (int i = size - 1; i >= 0; i--) {
            if (times[i] - oldest < 0) {
                remove(i);
            }
        }
    }

    private void remove(int index) {
        size--;
        System.arraycopy(hashes, index + 1, hashes, index, size - index);
        System.arraycopy(times, index + 1, times, index, size - index);
        for (int i = index; i < size; i++) {
            right.set(i, right.get(i + 1));
        }
        right.clear(size);
    }

    /** How many there are. */
    int size() {
        return size;
    }

    /** How many of them were guesses. */
    int guesses() {
        return size - right.cardinality();
    }

    /** When the last answer leaves, so that the next one leaves after it. */
    long answeredAt() {
        return answeredAt;
    }

    void answerAt(long time) {
        answeredAt = time;
    }
}
