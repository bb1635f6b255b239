package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.reader.PropertiesFile.Element;
import dev.zeroftpd.config.reader.PropertiesFile.Entry;
import dev.zeroftpd.config.reader.PropertiesFile.Line;
import dev.zeroftpd.config.reader.PropertiesFile.Span;
import dev.zeroftpd.config.reader.PropertiesFile.Text;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private final List<Element> elements = new ArrayList<>();

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

    PropertiesParser(Path file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    List<Element> parse(String text) {
        int number = 0;
        for (int start = 0; start < text.length(); ) {
            int end = endOfLine(text, start);
            number++;
            accept(text, start, end, number);
            start = end;
        }
        if (!joined.isEmpty()) {
            finishEntry(text, joined.toString(), text.length());
        } else if (begin < text.length()) {
            finishText(text, text.length());
        }
        return elements;
    }

    private void accept(String text, int start, int end, int number) {
        int contentBegin = behindBlanks(text, start, end, number);
        int contentEnd = end - lineEndLength(text, start, end);
        if (joined.isEmpty()) {
            if (contentBegin == contentEnd || text.charAt(contentBegin) == '#' || text.charAt(contentBegin) == '!') {
                finishText(text, end);
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
            finishEntry(text, text.substring(contentBegin, contentEnd), end);
        } else {
            finishEntry(text, joined.append(text, contentBegin, contentEnd).toString(), end);
        }
    }

    private void finishText(String text, int end) {
        elements.add(new Text(new Span(text, begin, end)));
        begin = end;
    }

    private void finishEntry(String text, String logical, int end) {
        int keyEnd = endOfKey(logical);
        int valueStart = startOfValue(logical, keyEnd);
        String key = unescape(logical.substring(0, keyEnd));
        String value = unescape(logical.substring(valueStart));
        Entry entry = new Entry(key, value, firstLine, hasStrangeEscape(logical, valueStart));
        boolean hasPrefix = valueStart > keyEnd && isInFirstLine(text, logical, valueStart);
        int prefixEnd = hasPrefix ? firstContent + valueStart : firstBegin;
        elements.add(new Line(entry, new Span(text, begin, end), firstBegin, prefixEnd));
        joined.setLength(0);
        begin = end;
    }

    /** Whether a backslash stands before something that needs none: all but what Java's properties escape in values. */
    private static boolean hasStrangeEscape(String logical, int valueStart) {
        int at = logical.indexOf('\\', valueStart);
        while (at >= 0 && at + 1 < logical.length()) {
            if ("\\ #!=:u".indexOf(logical.charAt(at + 1)) < 0) {
                return true;
            }
            at = logical.indexOf('\\', at + 2);
        }
        return false;
    }

    private static int endOfKey(String logical) {
        for (int i = 0; i < logical.length(); i++) {
            char c = logical.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '=' || c == ':' || isBlank(c)) {
                return i;
            }
        }
        return logical.length();
    }

    private static int startOfValue(String logical, int keyEnd) {
        int i = skipBlanks(logical, keyEnd, logical.length());
        if (i < logical.length() && (logical.charAt(i) == '=' || logical.charAt(i) == ':')) {
            i = skipBlanks(logical, i + 1, logical.length());
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
