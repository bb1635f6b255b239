package dev.zeroftpd.dataconnection.tls;

import dev.zeroftpd.transfer.BufferPool;

/**
 * The large buffers between TLS records and system calls, shared by all encrypted data connections. Any thread.
 *
 * <p>Encryption itself works on one record in heap memory: the JDK's AES-GCM is a third faster on arrays than on direct
 * memory. What the socket takes is direct memory, so that a partial write doesn't copy the rest again, and large, so
 * that 15 records cost one system call: against 64 KiB that saves a fifth of the processor time.
 */
final class BulkBuffers {
    static final int BYTES = 256 * 1024;

    /** 16 MiB in all. A transfer beyond that sends its records one by one, which costs it a third more. */
    private static final int LIMIT = 64;

    static final BufferPool POOL = new BufferPool(BYTES, LIMIT);

    private BulkBuffers() {}
}
