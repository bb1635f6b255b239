package dev.zeroftpd.server;

import dev.zeroftpd.ops.event.EventQueue;
import dev.zeroftpd.ops.event.EventWriter;
import dev.zeroftpd.ops.event.Events;
import dev.zeroftpd.ops.log.AuditLog;
import dev.zeroftpd.ops.log.EventLog;
import dev.zeroftpd.ops.log.Xferlog;
import java.time.InstantSource;
import java.util.List;

/** Says who is told what happens: the one place that puts writers of events together. Stateless. */
final class EventWriters {

    private EventWriters() {}

    /** @param direct those that never wait: what counts them, what hands them to hooks */
    static Events ofLaunchedServer(List<EventWriter> direct) {
        return new Events(InstantSource.system(), logs(EventLog.ofLaunchedServer()), direct);
    }

    static Events ofEmbeddedServer() {
        return new Events(InstantSource.system(), logs(EventLog.ofEmbeddedServer()));
    }

    private static EventQueue logs(EventLog log) {
        return new EventQueue(log, new AuditLog(), new Xferlog());
    }
}
