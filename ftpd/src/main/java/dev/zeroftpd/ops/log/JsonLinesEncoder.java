package dev.zeroftpd.ops.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.zeroftpd.ops.LogText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * For logback.xml: each line of the log as one object of JSON in one line, with the fields of an event as they are. Any
 * thread.
 */
public final class JsonLinesEncoder extends EncoderBase<ILoggingEvent> {

    private static final String TIME_KEY = "time";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        @Nullable List<KeyValuePair> given = event.getKeyValuePairs();
        List<KeyValuePair> fields = given == null ? List.of() : given;
        StringBuilder json = new StringBuilder(256).append('{');
        put(json, TIME_KEY, time(event, fields));
        put(json, "level", event.getLevel().toString());
        put(json, "logger", event.getLoggerName());
        for (KeyValuePair field : fields) {
            if (!field.key.equals(TIME_KEY)) {
                put(json, field.key, field.value);
            }
        }
        put(json, "message", event.getFormattedMessage());
        if (event.getThrowableProxy() != null) {
            put(json, "stack_trace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return json.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** When it happened, where the event says so; else when it was logged. */
    private static Instant time(ILoggingEvent event, List<KeyValuePair> fields) {
        for (KeyValuePair field : fields) {
            if (field.key.equals(TIME_KEY) && field.value instanceof Instant happened) {
                return happened;
            }
        }
        return event.getInstant();
    }

    private static void put(StringBuilder json, String key, @Nullable Object value) {
        if (json.length() > 1) {
            json.append(',');
        }
        quote(json, key);
        json.append(':');
        switch (value) {
            case null -> json.append("null");
            case Number number -> json.append(number);
            case Boolean truth -> json.append(truth);
            case Instant time -> quote(json, TIME.format(time));
            default -> quote(json, value.toString());
        }
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
