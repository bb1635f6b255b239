package dev.zeroftpd.storage.quota;

import dev.zeroftpd.storage.Storage;

/**
 * A home that may get its first limits while a session is in it. Thread-safe; a look at what counts now is two volatile reads.
 *
 * <p>Files that are open when limits come are not held to them, and what they get is known after the next count.
 */
public final class LateLimits extends ForwardingStorage {

    private final Limits limits;
    private volatile Decided decided;

    /** What homes have around them. Any thread. */
    public interface Limits {

        /** Another number whenever {@link #around} may have another answer. */
        int generation();

        /** The home as it is now for its account. */
        Storage around(Storage home);
    }

    private record Decided(int generation, Storage storage) {}

    public LateLimits(Storage home, Limits limits) {
        super(home);
        this.limits = limits;
        this.decided = decide(home);
    }

    private Decided decide(Storage bare) {
        int generation = limits.generation(); // first: a newer answer is only asked for once more
        return new Decided(generation, limits.around(bare));
    }

    @Override
    Storage home() {
        Decided last = decided;
        if (last.generation() != limits.generation()) {
            last = decide(super.home());
            decided = last;
        }
        return last.storage();
    }
}
