package dev.zeroftpd.ops.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.zeroftpd.ops.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * For logback.xml: each line of the log as one object of JSON in one line, with the fields of an event as they are. Any
 * thread.
 */
public final class JsonLinesEncoder extends EncoderBase<ILoggingEvent> {

    private static final String TIME_KEY = "time";

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
        JsonText json = new JsonText()
                .put(TIME_KEY, time(event, fields))
                .put("level", event.getLevel().toString())
                .put("logger", event.getLoggerName());
        for (KeyValuePair field : fields) {
            if (!field.key.equals(TIME_KEY)) {
                json.put(field.key, field.value);
            }
        }
        json.put("message", event.getFormattedMessage());
        if (event.getThrowableProxy() != null) {
            json.put("stack_trace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return (json.end() + "\n").getBytes(StandardCharsets.UTF_8);
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
}
