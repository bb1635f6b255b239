package dev.zeroftpd.users.password;

/**
 * The dearest strong hash, for which there is memory, of those that were seen: what other names are compared with, so that their time
 * doesn't tell them apart. Any thread.
 */
public final class DearestHash {

    private final HashMemory memory;

    /** Guarded by this for writing. */
    private volatile StoredPassword dearest = new StoredPassword.Missing();

    public DearestHash(HashMemory memory) {
        this.memory = memory;
    }

    /** Looks at another one; one that takes more than the memory for hashes could fail for strangers as often as they like. */
    public synchronized void see(StoredPassword stored) {
        if (stored.slow() && stored.cost() > dearest.cost() && memory.fits(stored.memoryKiB())) {
            dearest = stored;
        }
    }

    /** This one or the other, whichever is dearer. */
    public StoredPassword or(StoredPassword other) {
        StoredPassword seen = dearest;
        return seen.cost() > other.cost() ? seen : other;
    }

    /** How many times as much the first costs as the second; 1 or more. */
    public static double times(StoredPassword dear, StoredPassword cheap) {
        return Math.max(1, (double) dear.cost() / Math.max(1, cheap.cost()));
    }
}
