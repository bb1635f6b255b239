package dev.zeroftpd.hook;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.zeroftpd.ops.JsonText;
import dev.zeroftpd.ops.event.Event;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An event as hooks get it, also after a restart. Immutable; any thread.
 *
 * @param id the same in each attempt to deliver it, and no other event's
 * @param kind the event's name
 * @param keys what it is about: events with a key in common are delivered one after the other
 * @param json all fields, in one line
 */
record HookEvent(String id, String kind, Instant time, List<String> keys, String json) {

    private static final String ID = "id";

    /** In characters. */
    private static final int ID_AND_OBJECTS = 200;

    HookEvent {
        keys = List.copyOf(keys);
    }

    static HookEvent of(String id, Event event) {
        return of(id, event, false);
    }

    /** One that has not happened: {@code ftpd hook test}. */
    static HookEvent sample(String id, Event event) {
        return of(id, event, true);
    }

    private static HookEvent of(String id, Event event, boolean sample) {
        JsonText json = new JsonText().put(ID, id);
        if (sample) {
            json.put("sample", true);
        }
        event.fields(json::put);
        List<String> keys =
                keys(event.deed().path(), event.deed().to(), event.client().session());
        return new HookEvent(id, event.kind().word(), event.time(), keys, json.end());
    }

    /** @throws IOException if the text is no such event */
    static HookEvent parse(String json) throws IOException {
        Map<String, String> fields = fields(json);
        try {
            return new HookEvent(
                    field(fields, ID),
                    field(fields, "event"),
                    Instant.parse(field(fields, "time")),
                    keys(
                            fields.getOrDefault("path", ""),
                            fields.getOrDefault("to", ""),
                            fields.getOrDefault("session", "")),
                    json);
        } catch (DateTimeException e) {
            throw new IOException("an event without a valid time", e);
        }
    }

    private static String field(Map<String, String> fields, String name) throws IOException {
        return Optional.ofNullable(fields.get(name)).orElseThrow(() -> new IOException("an event without " + name));
    }

    /** Those of a path keep their order; so do those of a session that are about no path. */
    private static List<String> keys(String path, String to, String session) {
        if (path.isEmpty()) {
            return List.of("session " + session);
        }
        return to.isEmpty() || to.equals(path) ? List.of("path " + path) : List.of("path " + path, "path " + to);
    }

    /** Its fields as texts, in their order. */
    Map<String, String> fields() throws IOException {
        return fields(json);
    }

    private static Map<String, String> fields(String json) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        JSON.std.mapFrom(json).forEach((name, value) -> fields.put(name, String.valueOf(value)));
        return fields;
    }

    /** About what it takes in memory, in characters. */
    int size() {
        int keyed = keys.stream().mapToInt(String::length).sum();
        return json.length() + keyed + ID_AND_OBJECTS;
    }
}
