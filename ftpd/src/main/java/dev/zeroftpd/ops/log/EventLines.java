package dev.zeroftpd.ops.log;

import dev.zeroftpd.ops.event.Event;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.event.DefaultLoggingEvent;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventAware;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes one event to one logger. Stateless; any thread. */
final class EventLines {

    private EventLines() {}

    /**
     * Writes it as a line of text, and with each field as a key and value, so that an encoder has them as they are.
     *
     * @param log enabled for {@code level}
     * @param leftOut how many like it were left out before it
     */
    static void write(Logger log, Level level, String line, Event event, long leftOut) {
        EventFields fields = new EventFields(event, leftOut);
        if (log instanceof LoggingEventAware aware) {
            aware.log(new LineWithFields(log, level, line, fields));
            return;
        }
        LoggingEventBuilder builder = log.atLevel(level);
        fields.forEach(field -> {
            var _ = builder.addKeyValue(field.key, field.value);
        });
        builder.log(line);
    }

    /** What SLF4J's own builder makes, but for the list that it would fill at once. */
    private static final class LineWithFields extends DefaultLoggingEvent {

        private final EventFields fields;

        LineWithFields(Logger log, Level level, String line, EventFields fields) {
            super(level, log);
            this.fields = fields;
            setMessage(line);
            setCallerBoundary(EventLines.class.getName());
        }

        @Override
        public List<KeyValuePair> getKeyValuePairs() {
            return fields;
        }
    }
}
