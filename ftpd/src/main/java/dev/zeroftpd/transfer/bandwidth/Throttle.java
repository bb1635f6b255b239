package dev.zeroftpd.transfer.bandwidth;

/**
 * Says how many bytes one transfer may move and when. Used by one thread at a time; closed by any, idempotently.
 *
 * <p>A throttle never waits itself: event loops set a timer, virtual threads park.
 */
public interface Throttle extends AutoCloseable {

    /** No limit at all. */
    Throttle NONE = new Throttle() {
        @Override
        public Grant reserve(long wanted) {
            return new Grant(wanted, 0);
        }

        @Override
        public void giveBack(long bytes) {}

        @Override
        public void close() {}
    };

    /** Takes up to {@code wanted} bytes (1 or more) out of every budget that this transfer shares. */
    Grant reserve(long wanted);

    /** Gives back {@code bytes} that were granted and did not move: no transfer has to wait for them. */
    void giveBack(long bytes);

    /** Leaves the shared budgets to the others. */
    @Override
    void close();

    /**
     * Permission to move bytes.
     *
     * @param bytes 1 to what was wanted
     * @param waitNanos to be waited before the first of them moves; 0 or less: they may move now
     */
    record Grant(long bytes, long waitNanos) {}
}
