package dev.zeroftpd.ops;

/** Makes text that a client chose safe to log: it can't end a line, forge one or drive a terminal. Any thread. */
public final class LogText {

    /** Of a text that a client chose, in characters. */
    private static final int LONGEST = 1024;

    private LogText() {}

    /** The first {@value #LONGEST} characters of {@code text}, and {@code …} where that isn't all. */
    public static String shortened(String text) {
        return shortened(text, LONGEST);
    }

    /** The same with another length. No character is cut in two. */
    public static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + '\u2026';
    }

    /** {@code text} with each control character, quote and backslash escaped as in a Java string. */
    public static String escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (mustEscape(text, i)) {
                return escapeFrom(text, i);
            }
        }
        return text;
    }

    private static String escapeFrom(String text, int first) {
        StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!mustEscape(text, i)) {
                safe.append(c);
            } else if (c == '"' || c == '\\') {
                safe.append('\\').append(c);
            } else {
                safe.append(String.format("\\u%04x", (int) c));
            }
        }
        return safe.toString();
    }

    /** {@code text} with a question mark for each character that ends a line, drives a terminal or isn't text. */
    public static String printable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            safe.append(isUnprintable(text, i) ? '?' : text.charAt(i));
        }
        return safe.toString();
    }

    private static boolean mustEscape(String text, int index) {
        char c = text.charAt(index);
        return c == '"' || c == '\\' || isUnprintable(text, index);
    }

    /**
     * True for what ends a line, drives a terminal or isn't text. Format characters count too: a right-to-left override
     * makes one name look like another. So do lone surrogates, which stand for bytes that are no UTF-8.
     */
    public static boolean isUnprintable(String text, int index) {
        char c = text.charAt(index);
        if (c < 0x7f) {
            return c < ' ';
        }
        return Character.isISOControl(c)
                || Character.getType(Character.isSurrogate(c) ? codePointAround(text, index) : c) == Character.FORMAT
                || c == '\u2028'
                || c == '\u2029'
                || isLone(text, index);
    }

    /** The character that both halves of a pair stand for, such as a tag character. */
    private static int codePointAround(String text, int index) {
        boolean second = Character.isLowSurrogate(text.charAt(index))
                && index > 0
                && Character.isHighSurrogate(text.charAt(index - 1));
        return text.codePointAt(second ? index - 1 : index);
    }

    private static boolean isLone(String text, int index) {
        return Character.isSurrogate(text.charAt(index)) && codePointAround(text, index) <= Character.MAX_VALUE;
    }
}
