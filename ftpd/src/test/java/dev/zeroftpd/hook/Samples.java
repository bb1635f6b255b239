package dev.zeroftpd.hook;

import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import java.time.Instant;

/** Events as tests of hooks need them. */
final class Samples {

    private Samples() {}

    static Event event(EventKind kind, String path) {
        return event(kind, path, "");
    }

    static Event event(EventKind kind, String path, String to) {
        return event(Instant.ofEpochMilli(System.currentTimeMillis()), kind, path, to);
    }

    static Event event(Instant time, EventKind kind, String path) {
        return event(time, kind, path, "");
    }

    private static Event event(Instant time, EventKind kind, String path, String to) {
        return new Event(
                time,
                kind,
                new Event.Client("s1", "alice", "192.0.2.1", true),
                new Event.Deed("X", path, to),
                new Ending.Done(""));
    }

    static HookEvent hookEvent(String id, EventKind kind, String path) {
        return HookEvent.of(id, event(kind, path));
    }

    static HookEvent hookEvent(String id, String path, String to) {
        return HookEvent.of(id, event(EventKind.RENAME, path, to));
    }
}
