package dev.zeroftpd.transfer;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Direct buffers of one size, lent and taken back, never more than a fixed number of them. Any thread.
 *
 * <p>The JDK frees direct memory only when the garbage collector finds the buffer, so buffers are reused.
 */
public final class BufferPool {

    private final int capacity;
    private final int limit;
    private final Queue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();
    private final AtomicInteger made = new AtomicInteger();

    /** Lends at most {@code limit} buffers of {@code capacity} bytes each. */
    public BufferPool(int capacity, int limit) {
        this.capacity = capacity;
        this.limit = limit;
    }

    /** An empty buffer, or nothing if all of them are lent. */
    public @Nullable ByteBuffer borrow() {
        ByteBuffer buffer = idle.poll();
        if (buffer != null) {
            return buffer.clear();
        }
        if (made.getAndIncrement() >= limit) {
            made.getAndDecrement();
            return null;
        }
        return ByteBuffer.allocateDirect(capacity);
    }

    /** Takes back what {@link #borrow} lent; the borrower forgets it. */
    public void giveBack(ByteBuffer buffer) {
        idle.add(buffer);
    }
}
