package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.reader.PropertiesFile.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The text of a file in {@link java.util.Properties} syntax, to be read and not edited: its entries are made one by one, and
 * none is kept, since a file of 100,000 accounts may have a million. Immutable; any thread.
 *
 * @param charset UTF-8 where it is valid UTF-8, else ISO 8859-1
 */
public record PropertiesText(Path file, String text, Charset charset) {

    /** What stands for bytes that aren't UTF-8, and for itself. */
    private static final char REPLACEMENT = '\uFFFD';

    /** Reads a file. */
    public static PropertiesText read(Path file) throws IOException {
        return decoded(file, Files.readAllBytes(file));
    }

    static PropertiesText decoded(Path file, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 || isUtf8(bytes)
                ? new PropertiesText(file, text, StandardCharsets.UTF_8)
                : new PropertiesText(file, new String(bytes, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }

    /**
     * Hands on all entries in their order; a key may come more than once.
     *
     * @throws ConfigException behind the last entry, if it has a malformed escape; every one is reported
     */
    public void forEach(Consumer<Entry> each) throws ConfigException {
        parse(new PropertiesParser.Parts() {
            @Override
            public void text(int begin, int end) {
                // says nothing
            }

            @Override
            public void entry(Entry entry, int begin, int end, int prefixBegin, int prefixEnd) {
                each.accept(entry);
            }
        });
    }

    void parse(PropertiesParser.Parts parts) throws ConfigException {
        List<Problem> problems = new ArrayList<>();
        new PropertiesParser(file, problems, parts).parse(text);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
