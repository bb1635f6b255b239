package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.reader.PropertiesFile.Entry;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * Splits a text into entries and the rest, by the rules of {@link java.util.Properties#load(java.io.Reader)}, without losing
 * a character. One thread, one text.
 */
final class PropertiesParser {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final List<Problem> problems;
    private final Parts parts;

    /** The natural lines of an entry that goes on behind its first one, joined. */
    private final StringBuilder joined = new StringBuilder();

    /** Where the part of the text begins that belongs to no element yet. */
    private int begin;

    /** The first natural line of the entry: where it, its content and the next one begin. */
    private int firstBegin;

    private int firstContent;
    private int firstEnd;
    private int firstLine;

    /** The next line feed and carriage return: a text that has none of one of them is looked through once for it. */
    private int nextFeed = -1;

    private int nextReturn = -1;

    PropertiesParser(Path file, List<Problem> problems, Parts parts) {
        this.file = file;
        this.problems = problems;
        this.parts = parts;
    }

    /** Takes the text apart as it is parsed: together, the parts have every character of it, in order. Positions are in the text. */
    interface Parts {

        /** Comments and blank lines. */
        void text(int begin, int end);

        /**
         * An entry.
         *
         * @param prefixBegin the begin of what stands before the value
         * @param prefixEnd its end; not behind its begin where that is not in one line
         */
        void entry(Entry entry, int begin, int end, int prefixBegin, int prefixEnd);
    }

    void parse(String text) {
        int number = 0;
        for (int start = 0; start < text.length(); ) {
            int end = endOfLine(text, start);
            number++;
            accept(text, start, end, number);
            start = end;
        }
        if (!joined.isEmpty()) {
            finishJoined(text, joined.toString(), text.length());
        } else if (begin < text.length()) {
            finishText(text.length());
        }
    }

    private void accept(String text, int start, int end, int number) {
        int contentBegin = behindBlanks(text, start, end, number);
        int contentEnd = end - lineEndLength(text, start, end);
        if (joined.isEmpty()) {
            if (contentBegin == contentEnd || text.charAt(contentBegin) == '#' || text.charAt(contentBegin) == '!') {
                finishText(end);
                return;
            }
            firstLine = number;
            firstBegin = start;
            firstContent = contentBegin;
            firstEnd = end;
        }
        boolean continues = endsWithOddBackslashes(text, contentBegin, contentEnd);
        if (continues) {
            joined.append(text, contentBegin, contentEnd - 1);
        } else if (joined.isEmpty()) {
            finishLine(text, contentBegin, contentEnd, end);
        } else {
            finishJoined(text, joined.append(text, contentBegin, contentEnd).toString(), end);
        }
    }

    private void finishText(int end) {
        parts.text(begin, end);
        begin = end;
    }

    /** An entry in one line, which is read where it stands: a file may have a million of them. */
    private void finishLine(String text, int from, int to, int end) {
        int keyEnd = endOfKey(text, from, to);
        int valueStart = startOfValue(text, keyEnd, to);
        finishEntry(entry(text, from, keyEnd, valueStart, to), valueStart > keyEnd ? valueStart : firstBegin, end);
    }

    private void finishJoined(String text, String logical, int end) {
        int keyEnd = endOfKey(logical, 0, logical.length());
        int valueStart = startOfValue(logical, keyEnd, logical.length());
        boolean hasPrefix = valueStart > keyEnd && isInFirstLine(text, logical, valueStart);
        int prefixEnd = hasPrefix ? firstContent + valueStart : firstBegin;
        finishEntry(entry(logical, 0, keyEnd, valueStart, logical.length()), prefixEnd, end);
        joined.setLength(0);
    }

    private Entry entry(String logical, int from, int keyEnd, int valueStart, int to) {
        String written = logical.substring(valueStart, to);
        return new Entry(
                unescape(logical.substring(from, keyEnd)), unescape(written), firstLine, hasStrangeEscape(written));
    }

    private void finishEntry(Entry entry, int prefixEnd, int end) {
        parts.entry(entry, begin, end, firstBegin, prefixEnd);
        begin = end;
    }

    /** Whether a backslash stands before something that needs none: all but what Java's properties escape in values. */
    private static boolean hasStrangeEscape(String written) {
        int at = written.indexOf('\\');
        while (at >= 0 && at + 1 < written.length()) {
            if ("\\ #!=:u".indexOf(written.charAt(at + 1)) < 0) {
                return true;
            }
            at = written.indexOf('\\', at + 2);
        }
        return false;
    }

    private static int endOfKey(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '=' || c == ':' || isBlank(c)) {
                return i;
            }
        }
        return to;
    }

    private static int startOfValue(String text, int keyEnd, int to) {
        int i = skipBlanks(text, keyEnd, to);
        if (i < to && (text.charAt(i) == '=' || text.charAt(i) == ':')) {
            i = skipBlanks(text, i + 1, to);
        }
        return i;
    }

    private static int skipBlanks(String text, int from, int end) {
        int i = from;
        while (i < end && isBlank(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Whether what stands before the value does so in the first natural line. */
    private boolean isInFirstLine(String text, String logical, int valueStart) {
        return firstContent + valueStart <= firstEnd && text.regionMatches(firstContent, logical, 0, valueStart);
    }

    private String unescape(String escaped) {
        if (escaped.indexOf('\\') < 0) {
            return escaped;
        }
        StringBuilder plain = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c != '\\') {
                plain.append(c);
            } else if (i + 1 < escaped.length()) {
                i++;
                if (escaped.charAt(i) == 'u') {
                    plain.append(unicode(escaped, i + 1));
                    i = Math.min(i + 4, escaped.length() - 1);
                } else {
                    plain.append(control(escaped.charAt(i)));
                }
            }
        }
        return plain.toString();
    }

    private char unicode(String escaped, int from) {
        String digits = escaped.substring(from, Math.min(from + 4, escaped.length()));
        if (digits.length() == 4 && digits.chars().allMatch(HexFormat::isHexDigit)) {
            return (char) HexFormat.fromHexDigits(digits);
        }
        problems.add(Problem.inLine(
                file,
                firstLine,
                "\\u" + digits + " is not a character",
                "write four hexadecimal digits after \\u, or \\\\ for a backslash"));
        return '?';
    }

    private static char control(char letter) {
        return switch (letter) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'f' -> '\f';
            default -> letter;
        };
    }

    static String escapeKey(String key) {
        return escape(key, true);
    }

    static String escapeValue(String value) {
        return escape(value, false);
    }

    private static String escape(String plain, boolean key) {
        StringBuilder escaped = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            switch (c) {
                case '\\' -> escaped.append("\\\\");
                case '\t' -> escaped.append("\\t");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\f' -> escaped.append("\\f");
                case ' ' -> escaped.append(key || i == 0 ? "\\ " : " ");
                case '=', ':', '#', '!' -> escaped.append(key ? "\\" : "").append(c);
                default -> appendPrintable(escaped, c);
            }
        }
        return escaped.toString();
    }

    private static void appendPrintable(StringBuilder escaped, char c) {
        if (c > ' ' && c < 0x7f) {
            escaped.append(c);
        } else {
            escaped.append("\\u").append(HexFormat.of().toHexDigits(c));
        }
    }

    /** Of the line terminator at the end of a part of a text; 0 for a last line without one. */
    static int lineEndLength(String text, int start, int end) {
        char last = end > start ? text.charAt(end - 1) : 0;
        if (last == '\n') {
            return end - 1 > start && text.charAt(end - 2) == '\r' ? 2 : 1;
        }
        return last == '\r' ? 1 : 0;
    }

    private int endOfLine(String text, int start) {
        nextFeed = nextFeed < start ? indexOf(text, '\n', start) : nextFeed;
        nextReturn = nextReturn < start ? indexOf(text, '\r', start) : nextReturn;
        int end = Math.min(nextFeed, nextReturn);
        if (end == text.length()) {
            return end;
        }
        boolean both = nextReturn + 1 == nextFeed && nextFeed < text.length();
        return both ? nextFeed + 1 : end + 1;
    }

    /** The length of the text if there is none. */
    private static int indexOf(String text, char wanted, int from) {
        int found = text.indexOf(wanted, from);
        return found < 0 ? text.length() : found;
    }

    /** Editors on Windows begin UTF-8 text with an invisible byte order mark, which is not part of the first key. */
    private static int behindBlanks(String text, int start, int end, int number) {
        boolean marked = number == 1 && text.startsWith(BYTE_ORDER_MARK);
        return skipBlanks(text, marked ? BYTE_ORDER_MARK.length() : start, end);
    }

    private static boolean endsWithOddBackslashes(String text, int begin, int end) {
        int backslashes = 0;
        while (backslashes < end - begin && text.charAt(end - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return (backslashes & 1) != 0;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\f';
    }
}
