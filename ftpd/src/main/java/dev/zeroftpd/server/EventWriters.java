package dev.zeroftpd.server;

import dev.zeroftpd.ops.event.EventQueue;
import dev.zeroftpd.ops.event.EventWriter;
import dev.zeroftpd.ops.event.Events;
import dev.zeroftpd.ops.log.AuditLog;
import dev.zeroftpd.ops.log.EventLog;
import dev.zeroftpd.ops.log.Xferlog;
import java.time.InstantSource;

/** Says who is told what happens: the one place that puts writers of events together. Stateless. */
final class EventWriters {

    private EventWriters() {}

    static Events ofLaunchedServer() {
        return new Events(InstantSource.system(), logs(EventLog.ofLaunchedServer()));
    }

    /** The same, with one that counts them. */
    static Events ofLaunchedServer(EventWriter metrics) {
        return new Events(InstantSource.system(), logs(EventLog.ofLaunchedServer()), metrics);
    }

    static Events ofEmbeddedServer() {
        return new Events(InstantSource.system(), logs(EventLog.ofEmbeddedServer()));
    }

    private static EventQueue logs(EventLog log) {
        return new EventQueue(log, new AuditLog(), new Xferlog());
    }
}
