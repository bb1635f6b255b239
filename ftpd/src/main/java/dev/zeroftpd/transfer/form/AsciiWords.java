package dev.zeroftpd.transfer.form;

/** Looks for a byte in eight bytes at once. Any thread. */
final class AsciiWords {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private AsciiWords() {}

    /** {@code value} in each of the eight bytes. */
    static long repeat(byte value) {
        return (value & 0xffL) * ONES;
    }

    /**
     * Zero if no byte of {@code word} equals the repeated byte; else the lowest set bit is the high bit of the first
     * such byte, counted from the low end. (Bits above the first may be wrong.)
     */
    static long matches(long word, long repeated) {
        long zeroWhereEqual = word ^ repeated;
        return (zeroWhereEqual - ONES) & ~zeroWhereEqual & HIGH_BITS;
    }

    /** The index of the first matching byte, from a result of {@link #matches} that is not zero. */
    static int firstIndex(long matches) {
        return Long.numberOfTrailingZeros(matches) >>> 3;
    }
}
