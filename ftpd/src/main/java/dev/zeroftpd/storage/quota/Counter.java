package dev.zeroftpd.storage.quota;

import java.nio.ByteBuffer;

/** The numbers of one home, in memory that outlives the process. Thread-safe, also between processes. */
public final class Counter {

    private static final int BYTES = 0;
    private static final int FILES = 8;
    private static final int ADDED = 16;
    private static final int REMOVED = 24;
    private static final int FILE_CHANGES = 32;
    private static final int COUNTED = 40;

    private final ByteBuffer memory;
    private final int at;

    /** @param at where its 48 bytes begin, a multiple of 8 */
    Counter(ByteBuffer memory, int at) {
        this.memory = memory;
        this.at = at;
    }

    /** One that is forgotten with the process. */
    public static Counter forThisProcess() {
        return new Counter(ByteBuffer.allocateDirect(2 * 48).alignedSlice(Long.BYTES), 0);
    }

    /** Bytes that lie in the home; may be below 0 before what was there at first has been counted. */
    long bytes() {
        return get(BYTES);
    }

    /** Files, links and directories. */
    long files() {
        return get(FILES);
    }

    /** All bytes that ever came: with {@link #removed} and {@link #fileChanges} tells what happened in between. */
    long added() {
        return get(ADDED);
    }

    long removed() {
        return get(REMOVED);
    }

    long fileChanges() {
        return get(FILE_CHANGES);
    }

    /** When what lies in the home was counted last, in seconds since 1970; 0 for never. */
    long countedAt() {
        return get(COUNTED);
    }

    /** Does it only if there are still {@code expected} bytes. */
    boolean addBytes(long expected, long count) {
        if (!CounterFile.LONGS.compareAndSet(memory, at + BYTES, expected, expected + count)) {
            return false;
        }
        add(ADDED, count);
        return true;
    }

    void removeBytes(long count) {
        add(REMOVED, count);
        add(BYTES, -count);
    }

    /** Does it only if there are still {@code expected} files. */
    boolean addFile(long expected) {
        if (!CounterFile.LONGS.compareAndSet(memory, at + FILES, expected, expected + 1)) {
            return false;
        }
        add(FILE_CHANGES, 1);
        return true;
    }

    void removeFile() {
        add(FILE_CHANGES, 1);
        add(FILES, -1);
    }

    /** A file of this length was moved, which for a count is as if it had come and gone. */
    void pass(long bytes) {
        add(FILE_CHANGES, 1);
        add(ADDED, bytes);
        add(REMOVED, bytes);
    }

    /** What was found by counting. */
    void correct(long bytes, long files, long now) {
        add(BYTES, bytes);
        add(FILES, files);
        CounterFile.LONGS.setVolatile(memory, at + COUNTED, now);
    }

    /** To be counted once more before it is believed. */
    void forgetCount() {
        CounterFile.LONGS.setVolatile(memory, at + COUNTED, 0L);
    }

    private long get(int field) {
        return (long) CounterFile.LONGS.getVolatile(memory, at + field);
    }

    private void add(int field, long count) {
        long _ = (long) CounterFile.LONGS.getAndAdd(memory, at + field, count);
    }
}
