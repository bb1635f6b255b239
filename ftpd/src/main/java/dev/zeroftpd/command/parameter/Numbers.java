package dev.zeroftpd.command.parameter;

/** Parses the numbers in commands. Stateless; any thread. */
final class Numbers {

    /** No number at all. */
    static final long NONE = -1;

    /** Digits of the largest long, less one: whatever is shorter can't overflow. */
    private static final int SAFE_DIGITS = 18;

    private Numbers() {}

    /** The value of one to eighteen decimal digits; {@link #NONE} if {@code text} is anything else. */
    static long parse(String text) {
        if (text.isEmpty() || text.length() > SAFE_DIGITS) {
            return NONE;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return NONE;
            }
        }
        return Long.parseLong(text);
    }
}
