package dev.zeroftpd.ops.log;

import dev.zeroftpd.ops.event.Event;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes one event to one logger. Stateless; any thread. */
final class EventLines {

    private EventLines() {}

    /**
     * Writes it as a line of text, and with each field as a key and value, so that an encoder has them as they are.
     *
     * @param leftOut how many like it were left out before it
     */
    static void write(Logger log, Level level, String line, Event event, long leftOut) {
        LoggingEventBuilder builder = log.atLevel(level);
        event.fields((name, value) -> {
            var _ = builder.addKeyValue(name, value);
        });
        if (leftOut > 0) {
            var _ = builder.addKeyValue("left_out", leftOut);
        }
        builder.log(line);
    }
}
