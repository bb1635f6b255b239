package dev.zeroftpd.ops;

/** Makes text that a client chose safe to log: it can't end a line, forge one or drive a terminal. Any thread. */
public final class LogText {

    private LogText() {}

    /** {@code text} with each control character, quote and backslash escaped as in a Java string. */
    public static String escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (mustEscape(text.charAt(i))) {
                return escapeFrom(text, i);
            }
        }
        return text;
    }

    private static String escapeFrom(String text, int first) {
        StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!mustEscape(c)) {
                safe.append(c);
            } else if (c == '"' || c == '\\') {
                safe.append('\\').append(c);
            } else {
                safe.append(String.format("\\u%04x", (int) c));
            }
        }
        return safe.toString();
    }

    /** Format characters count too: a right-to-left override makes one name look like another. */
    private static boolean mustEscape(char c) {
        return Character.isISOControl(c)
                || c == '"'
                || c == '\\'
                || Character.getType(c) == Character.FORMAT
                || c == '\u2028'
                || c == '\u2029';
    }
}
