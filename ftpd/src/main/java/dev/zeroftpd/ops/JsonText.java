package dev.zeroftpd.ops;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One object of JSON in one line, as logs and hooks have it: whatever clients chose, it has no control character in it. One
 * thread.
 */
public final class JsonText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final StringBuilder json = new StringBuilder(256).append('{');

    /** Adds a text, a number, a truth value, an {@link Instant} or null; of anything else what it says of itself. */
    public JsonText put(String key, @Nullable Object value) {
        if (json.length() > 1) {
            json.append(',');
        }
        quote(json, key);
        json.append(':');
        switch (value) {
            case null -> json.append("null");
            case Number number -> json.append(number);
            case Boolean truth -> json.append(truth);
            case Instant time -> quote(json, time(time));
            default -> quote(json, value.toString());
        }
        return this;
    }

    /** A time with as many digits as events have everywhere. */
    public static String time(Instant time) {
        return TIME.format(time);
    }

    /** The whole object; nothing can be added afterwards. */
    public String end() {
        return json.append('}').toString();
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (LogText.isUnprintable(text, i)) {
                json.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
