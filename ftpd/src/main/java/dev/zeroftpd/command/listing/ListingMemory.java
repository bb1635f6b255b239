package dev.zeroftpd.command.listing;

import dev.zeroftpd.storage.StorageException;
import java.util.HashMap;
import java.util.Map;

/**
 * What all listings together may hold in memory: directories to be entered later, and entries to be sorted. Any thread.
 *
 * <p>Names may have 255 bytes and trees any number of directories: counted by number, two recursive listings emptied a heap.
 * The listings of one account leave as much free as they hold, so that they don't use up what other accounts need: alone it
 * gets half, the next one half of what is left.
 */
final class ListingMemory {

    /** Of the heap: the rest is for sessions, and for what holds these bytes besides what is counted. */
    private static final int SHARE = 8;

    /** One listing can't have all of it. */
    private static final int SHARE_OF_ONE = 4;

    /** Servers of one process have one heap. */
    static final ListingMemory OF_THIS_PROCESS =
            new ListingMemory(Runtime.getRuntime().maxMemory() / SHARE);

    private final long most;

    /** What the listings of each account hold that have anything. Guarded by itself, as is {@link #held}. */
    private final Map<Object, Long> accounts = new HashMap<>();

    private long held;

    ListingMemory(long most) {
        this.most = most;
    }

    /** What one listing holds; used by its thread, and to be closed by it. */
    final class Part implements AutoCloseable {

        private final Object account;
        private long bytes;

        private Part(Object account) {
            this.account = account;
        }

        /**
         * Holds {@code more} bytes, as the heap counts them.
         *
         * @throws StorageException if fewer are left for it
         */
        void take(long more) throws StorageException {
            if (!hasRoom(more)) {
                throw new StorageException(
                        StorageException.Kind.FAILED, "too much for one listing: list smaller directories");
            }
            if (!tryTake(more)) {
                throw new StorageException(
                        StorageException.Kind.FAILED, "too many large listings at once: try again later");
            }
        }

        private boolean hasRoom(long more) {
            return bytes + more <= most();
        }

        /** The same, for what need not be held; false if fewer are left. */
        boolean tryTake(long more) {
            if (!hasRoom(more) || !add(account, more)) {
                return false;
            }
            bytes += more;
            return true;
        }

        /** The most that it may hold. */
        long most() {
            return most / SHARE_OF_ONE;
        }

        void giveBack(long less) {
            bytes -= less;
            remove(account, less);
        }

        @Override
        public void close() {
            giveBack(bytes);
        }
    }

    /** @param account for whom it lists; anything with a good {@code equals} */
    Part open(Object account) {
        return new Part(account);
    }

    private boolean add(Object account, long more) {
        synchronized (accounts) {
            long ofAccount = accounts.getOrDefault(account, 0L) + more;
            if (ofAccount > most - held - more) {
                return false;
            }
            accounts.put(account, ofAccount);
            held += more;
            return true;
        }
    }

    private void remove(Object account, long less) {
        synchronized (accounts) {
            accounts.computeIfPresent(account, (_, before) -> before > less ? before - less : null);
            held -= less;
        }
    }

    /** For tests. */
    long most() {
        return most;
    }

    /** For tests: what is held now. */
    long held() {
        synchronized (accounts) {
            return held;
        }
    }
}
