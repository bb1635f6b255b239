package dev.zeroftpd.config.reader;

import dev.zeroftpd.os.AtomicReplacement;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A file in {@link java.util.Properties} syntax that knows its line numbers, and can be edited without losing comments,
 * order or layout.
 *
 * <p>Immutable: an edit makes a new one, {@link #save()} writes it. Any thread may use it.
 *
 * <p>Text is UTF-8 where it is valid UTF-8, else ISO 8859-1 as {@link java.util.Properties} assumes; what is written new is
 * ASCII with {@code \}{@code u} escapes, so that both readings agree on it.
 */
public final class PropertiesFile {

    private final Path file;
    private final byte[] asRead;
    private final Charset charset;
    private final List<Element> elements;

    private PropertiesFile(Path file, byte[] asRead, Charset charset, List<Element> elements) {
        this.file = file;
        this.asRead = asRead;
        this.charset = charset;
        this.elements = List.copyOf(elements);
    }

    /** A part of a text, which is copied out of it only where it is needed: a file may have 100,000 accounts. */
    record Span(String text, int begin, int end) {

        static Span of(String whole) {
            return new Span(whole, 0, whole.length());
        }

        @Override
        public String toString() {
            return text.substring(begin, end);
        }
    }

    /** A part of the file: every character of it belongs to exactly one. */
    sealed interface Element {
        /** As it stands in the file, line ends included. */
        Span raw();
    }

    /** Comments and blank lines. */
    record Text(Span raw) implements Element {}

    /**
     * An entry and how it is written.
     *
     * @param prefixBegin in the text of {@code raw}, the begin of what stands before the value
     * @param prefixEnd its end; not behind its begin where that is not in one line
     */
    record Line(Entry entry, Span raw, int prefixBegin, int prefixEnd) implements Element {

        /** What an edit keeps: indentation, key and separator. */
        String prefix() {
            return prefixEnd <= prefixBegin
                    ? PropertiesParser.escapeKey(entry.key()) + "="
                    : raw.text().substring(prefixBegin, prefixEnd);
        }
    }

    /**
     * One key with its value, unescaped.
     *
     * @param line where it begins, from 1; 0 for one that was put in by an edit
     * @param strangeEscape whether a backslash in the value vanished or made a control character, which few mean
     */
    public record Entry(String key, String value, int line, boolean strangeEscape) {}

    /**
     * Reads a file.
     *
     * @throws IOException if it can't be read
     * @throws ConfigException if it has a malformed escape; every one is reported
     */
    public static PropertiesFile read(Path file) throws IOException, ConfigException {
        byte[] bytes = Files.readAllBytes(file);
        PropertiesText text = PropertiesText.decoded(file, bytes);
        return new PropertiesFile(file, bytes, text.charset(), elements(text));
    }

    private static List<Element> elements(PropertiesText text) throws ConfigException {
        List<Element> elements = new ArrayList<>();
        text.parse(new PropertiesParser.Parts() {
            @Override
            public void text(int begin, int end) {
                elements.add(new Text(new Span(text.text(), begin, end)));
            }

            @Override
            public void entry(Entry entry, int begin, int end, int prefixBegin, int prefixEnd) {
                elements.add(new Line(entry, new Span(text.text(), begin, end), prefixBegin, prefixEnd));
            }
        });
        return elements;
    }

    /** A file without content, which {@link #save()} creates. */
    public static PropertiesFile empty(Path file) {
        return new PropertiesFile(file, new byte[0], StandardCharsets.UTF_8, List.of());
    }

    /** As it was given to {@link #read}. */
    public Path file() {
        return file;
    }

    /** All entries in their order; a key may come more than once. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(elements.size()); // no stream: there may be some hundred thousand
        for (Element element : elements) {
            if (element instanceof Line line) {
                entries.add(line.entry());
            }
        }
        return Collections.unmodifiableList(entries);
    }

    /** The entry that counts: the last one of that key, as in {@link java.util.Properties}. */
    public Optional<Entry> find(String key) {
        return entries().stream().filter(entry -> entry.key().equals(key)).reduce((earlier, later) -> later);
    }

    /** One problem for every entry whose key stands in an earlier line already. */
    List<Problem> duplicates() {
        List<Problem> problems = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (Entry entry : entries()) {
            Integer earlier = seen.putIfAbsent(entry.key(), entry.line());
            if (earlier != null) {
                problems.add(Problem.inLine(
                        file,
                        entry.line(),
                        entry.key() + " is set twice",
                        "keep one: it is in line " + earlier + " too"));
            }
        }
        return problems;
    }

    /**
     * Sets a key: in place where it is there (comments and separator stay), else after the last key with the same
     * beginning up to its last dot, else at the end.
     */
    public PropertiesFile with(String key, String value) {
        List<Element> edited = new ArrayList<>(elements);
        int present = lastIndex(edited, key);
        if (present >= 0) {
            Line old = (Line) edited.get(present);
            edited.set(present, line(old.prefix(), key, value, lineEnd(old)));
            return new PropertiesFile(file, asRead, charset, edited);
        }
        int place = placeForNew(edited, key);
        if (place > 0) {
            edited.set(place - 1, terminated(edited.get(place - 1)));
        }
        edited.add(place, line(PropertiesParser.escapeKey(key) + "=", key, value, lineEnd()));
        return new PropertiesFile(file, asRead, charset, edited);
    }

    /** Removes every entry of a key. */
    public PropertiesFile without(String key) {
        return without(key::equals);
    }

    /** Removes every entry whose key is one of these. */
    public PropertiesFile without(Predicate<String> keys) {
        List<Element> edited = elements.stream()
                .filter(element ->
                        !(element instanceof Line line && keys.test(line.entry().key())))
                .toList();
        return new PropertiesFile(file, asRead, charset, edited);
    }

    /** The whole text as {@link #save()} writes it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        elements.forEach(element -> text.append(
                element.raw().text(), element.raw().begin(), element.raw().end()));
        return text.toString();
    }

    /**
     * Replaces the file in one step and durably; its mode, owner and group stay. A new file is readable by its owner
     * only. A symbolic link stays and its target is replaced.
     *
     * @return this text, as read from there
     * @throws IOException if it can't be written, or changed since it was read: then nothing is replaced
     */
    public PropertiesFile save() throws IOException {
        String text = text();
        byte[] bytes = text.getBytes(charset);
        byte[] onDisk = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        if (!Arrays.equals(onDisk, asRead)) {
            throw new IOException(file + " was changed by somebody else meanwhile; nothing was written");
        }
        AtomicReplacement.write(file, bytes);
        try {
            return new PropertiesFile(file, bytes, charset, elements(new PropertiesText(file, text, charset)));
        } catch (ConfigException e) {
            throw new IllegalStateException("what was read without a mistake has one", e);
        }
    }

    private static int lastIndex(List<Element> elements, String key) {
        for (int i = elements.size() - 1; i >= 0; i--) {
            if (elements.get(i) instanceof Line line && line.entry().key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private static int placeForNew(List<Element> elements, String key) {
        String group = key.substring(0, key.lastIndexOf('.') + 1);
        for (int i = elements.size() - 1; i >= 0 && !group.isEmpty(); i--) {
            if (elements.get(i) instanceof Line line && line.entry().key().startsWith(group)) {
                return i + 1;
            }
        }
        return elements.size();
    }

    private static Line line(String prefix, String key, String value, String lineEnd) {
        return new Line(
                new Entry(key, value, 0, false),
                Span.of(prefix + PropertiesParser.escapeValue(value) + lineEnd),
                0,
                prefix.length());
    }

    private Element terminated(Element element) {
        if (!lineEnd(element).isEmpty()) {
            return element;
        }
        Span raw = Span.of(element.raw() + lineEnd());
        return switch (element) {
            case Text text -> new Text(raw);
            case Line line -> {
                int moved = line.raw().begin();
                yield new Line(line.entry(), raw, line.prefixBegin() - moved, line.prefixEnd() - moved);
            }
        };
    }

    private static String lineEnd(Element element) {
        Span raw = element.raw();
        int length = PropertiesParser.lineEndLength(raw.text(), raw.begin(), raw.end());
        return raw.text().substring(raw.end() - length, raw.end());
    }

    /** The line end that the file uses: its first one. */
    private String lineEnd() {
        return elements.stream()
                .map(PropertiesFile::lineEnd)
                .filter(end -> !end.isEmpty())
                .findFirst()
                .orElse("\n");
    }
}
