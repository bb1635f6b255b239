package dev.zeroftpd.operator.socket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object or array to one line of text, and back. Stateless; any thread.
 *
 * <p>What it writes is ASCII, with everything else escaped: a name that a client chose can neither end the line nor drive the
 * terminal that the line is printed on.
 */
public final class JsonLine {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final JSON JSON_LINES =
            JSON.builder(FACTORY).enable(JSON.Feature.WRITE_NULL_PROPERTIES).build();

    private JsonLine() {}

    /** Without the end of the line. */
    public static String of(Map<String, ?> object) {
        return text(object);
    }

    public static String of(List<? extends Map<String, ?>> objects) {
        return text(objects);
    }

    private static String text(Object value) {
        try {
            return JSON_LINES.asString(value);
        } catch (IOException e) {
            throw new IllegalArgumentException("maps, lists, texts and numbers can be written", e);
        }
    }

    /**
     * Reads a line.
     *
     * @throws IOException if it is no JSON object, has a field twice, or is followed by anything
     */
    public static Map<String, Object> parse(String line) throws IOException {
        try (JsonParser parser = FACTORY.createParser(line)) {
            @Nullable Map<String, Object> object = JSON_LINES.mapFrom(parser);
            if (object == null || parser.nextToken() != null) {
                throw new IOException("one JSON object and nothing else is expected");
            }
            return object;
        }
    }
}
