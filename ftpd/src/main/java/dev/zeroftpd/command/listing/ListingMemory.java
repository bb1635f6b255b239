package dev.zeroftpd.command.listing;

import dev.zeroftpd.storage.StorageException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all listings together may hold in memory: directories to be entered later, and entries to be sorted. Any thread.
 *
 * <p>Names may have 255 bytes and trees any number of directories: counted by number, two recursive listings emptied a heap.
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
    private final AtomicLong held = new AtomicLong();

    ListingMemory(long most) {
        this.most = most;
    }

    /** What one listing holds; used by its thread, and to be closed by it. */
    final class Part implements AutoCloseable {

        private long bytes;

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
            if (!hasRoom(more)) {
                return false;
            }
            if (held.addAndGet(more) > most) {
                held.addAndGet(-more);
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
            held.addAndGet(-less);
        }

        @Override
        public void close() {
            giveBack(bytes);
        }
    }

    Part open() {
        return new Part();
    }

    /** For tests: what is held now. */
    long held() {
        return held.get();
    }
}
