package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.reader.PropertiesFile.Element;
import dev.zeroftpd.config.reader.PropertiesFile.Entry;
import dev.zeroftpd.config.reader.PropertiesFile.Line;
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

    /** The natural lines of the entry being read, joined; and the same as they stand in the file. */
    private final StringBuilder logical = new StringBuilder();

    private final StringBuilder raw = new StringBuilder();
    private String firstNatural = "";
    private int firstLine;

    PropertiesParser(Path file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    List<Element> parse(String text) {
        int number = 0;
        for (int start = 0; start < text.length(); ) {
            int end = endOfLine(text, start);
            number++;
            accept(text.substring(start, end), number);
            start = end;
        }
        if (!logical.isEmpty()) {
            finishEntry();
        } else if (!raw.isEmpty()) {
            finishText();
        }
        return elements;
    }

    private void accept(String natural, int number) {
        String content = natural.substring(
                leadingBlanks(natural, number),
                natural.length() - lineEnd(natural).length());
        raw.append(natural);
        if (logical.isEmpty()) {
            if (content.isEmpty() || content.charAt(0) == '#' || content.charAt(0) == '!') {
                finishText();
                return;
            }
            firstLine = number;
            firstNatural = natural;
        }
        boolean continues = endsWithOddBackslashes(content);
        logical.append(content, 0, continues ? content.length() - 1 : content.length());
        if (!continues) {
            finishEntry();
        }
    }

    private void finishText() {
        elements.add(new Text(raw.toString()));
        raw.setLength(0);
    }

    private void finishEntry() {
        int keyEnd = endOfKey();
        int valueStart = startOfValue(keyEnd);
        String key = unescape(logical.substring(0, keyEnd));
        String value = unescape(logical.substring(valueStart));
        String prefix = prefix(key, keyEnd, valueStart);
        elements.add(new Line(new Entry(key, value, firstLine, strangeEscape(valueStart)), prefix, raw.toString()));
        logical.setLength(0);
        raw.setLength(0);
    }

    /** Whether a backslash stands before something that needs none: all but what Java's properties escape in values. */
    private boolean strangeEscape(int valueStart) {
        for (int i = valueStart; i + 1 < logical.length(); i++) {
            if (logical.charAt(i) == '\\') {
                i++;
                if ("\\ #!=:u".indexOf(logical.charAt(i)) < 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private int endOfKey() {
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

    private int startOfValue(int keyEnd) {
        int i = skipBlanks(keyEnd);
        if (i < logical.length() && (logical.charAt(i) == '=' || logical.charAt(i) == ':')) {
            i = skipBlanks(i + 1);
        }
        return i;
    }

    private int skipBlanks(int from) {
        int i = from;
        while (i < logical.length() && isBlank(logical.charAt(i))) {
            i++;
        }
        return i;
    }

    /** What an edit keeps of the line: indentation, key and separator, as long as they are in one natural line. */
    private String prefix(String key, int keyEnd, int valueStart) {
        int indentation = leadingBlanks(firstNatural, firstLine);
        int end = indentation + valueStart;
        boolean hasSeparator = valueStart > keyEnd;
        boolean inFirstLine = end <= firstNatural.length()
                && firstNatural.substring(indentation, end).contentEquals(logical.subSequence(0, valueStart));
        return hasSeparator && inFirstLine ? firstNatural.substring(0, end) : escapeKey(key) + "=";
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

    /** The line terminator at the end of a natural line; empty in a last line without one. */
    static String lineEnd(String line) {
        if (line.endsWith("\r\n")) {
            return "\r\n";
        }
        return line.endsWith("\n") || line.endsWith("\r") ? line.substring(line.length() - 1) : "";
    }

    private static int endOfLine(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                return i + 1;
            }
            if (text.charAt(i) == '\r') {
                return i + 1 < text.length() && text.charAt(i + 1) == '\n' ? i + 2 : i + 1;
            }
        }
        return text.length();
    }

    /** Editors on Windows begin UTF-8 text with an invisible byte order mark, which is not part of the first key. */
    private static int leadingBlanks(String line, int number) {
        int i = number == 1 && line.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
        while (i < line.length() && isBlank(line.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean endsWithOddBackslashes(String content) {
        int backslashes = 0;
        while (backslashes < content.length() && content.charAt(content.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return (backslashes & 1) != 0;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\f';
    }
}
