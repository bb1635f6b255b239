package dev.zeroftpd.admin.page.live;

import dev.zeroftpd.operator.socket.JsonLine;
import java.util.Map;

/** The events that are written to one page at once. One thread. */
final class Frame {

    private final StringBuilder text = new StringBuilder();

    /** @param json in one line, of ASCII */
    Frame add(String event, String json) {
        text.append("event: ").append(event).append("\ndata: ").append(json).append("\n\n");
        return this;
    }

    Frame add(String event, Map<String, ?> object) {
        return add(event, JsonLine.of(object));
    }

    /** How soon a browser comes back by itself. */
    Frame retry(int millis) {
        text.append("retry: ").append(millis).append("\n\n");
        return this;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
