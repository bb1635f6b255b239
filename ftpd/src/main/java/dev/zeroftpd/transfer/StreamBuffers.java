package dev.zeroftpd.transfer;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of the streamed transfers: a small one each, and a large one while bytes come fast. Any thread; a lease is
 * its transfer's alone.
 *
 * <p>1 MiB a call halves the processor time against 64 KiB, but a slow peer must not keep a megabyte. So a large buffer
 * is lent only after a small read came back full, and goes back after a read that would have fitted into a small one.
 */
final class StreamBuffers {

    static final int SMALL_BYTES = 16 * 1024;
    static final int LARGE_BYTES = 1024 * 1024;

    /** 16 MiB in all; transfers beyond that use the heap, at the price of one more copy. */
    private static final int SMALL_LIMIT = 1024;

    private final BufferPool small = new BufferPool(SMALL_BYTES, SMALL_LIMIT);
    private final BufferPool large;

    /** Lends at most {@code largeLimit} buffers of 1 MiB. */
    StreamBuffers(int largeLimit) {
        this.large = new BufferPool(LARGE_BYTES, largeLimit);
    }

    Lease lease() {
        ByteBuffer direct = small.borrow();
        return new Lease(direct == null ? ByteBuffer.allocate(SMALL_BYTES) : direct);
    }

    /** What one transfer holds. */
    final class Lease implements AutoCloseable {

        private final ByteBuffer smallOne;
        private @Nullable ByteBuffer largeOne;

        private Lease(ByteBuffer smallOne) {
            this.smallOne = smallOne;
        }

        /** The empty buffer for the next read, given how many bytes the last one brought. */
        ByteBuffer next(int lastCount) {
            if (lastCount >= SMALL_BYTES) {
                if (largeOne == null) {
                    largeOne = large.borrow();
                }
            } else {
                returnLarge();
            }
            return (largeOne == null ? smallOne : largeOne).clear();
        }

        @Override
        public void close() {
            returnLarge();
            if (smallOne.isDirect()) {
                small.giveBack(smallOne);
            }
        }

        private void returnLarge() {
            if (largeOne != null) {
                large.giveBack(largeOne);
                largeOne = null;
            }
        }
    }
}
