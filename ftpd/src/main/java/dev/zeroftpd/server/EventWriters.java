package dev.zeroftpd.server;

import dev.zeroftpd.ops.event.EventQueue;
import dev.zeroftpd.ops.event.Events;
import dev.zeroftpd.ops.log.AuditLog;
import dev.zeroftpd.ops.log.EventLog;
import dev.zeroftpd.ops.log.Xferlog;
import java.time.InstantSource;

/** Says who is told what happens: the one place that puts writers of events together. Stateless. */
final class EventWriters {

    private EventWriters() {}

    static Events ofLaunchedServer() {
        return of(EventLog.ofLaunchedServer());
    }

    static Events ofEmbeddedServer() {
        return of(EventLog.ofEmbeddedServer());
    }

    private static Events of(EventLog log) {
        return new Events(InstantSource.system(), new EventQueue(log, new AuditLog(), new Xferlog()));
    }
}
