package dev.zeroftpd.server;

import dev.zeroftpd.ops.event.Events;
import dev.zeroftpd.ops.log.AuditLog;
import dev.zeroftpd.ops.log.EventLog;
import dev.zeroftpd.ops.log.Xferlog;
import java.time.InstantSource;

/** Says who is told what happens: the one place that puts writers of events together. Stateless. */
final class EventWriters {

    private EventWriters() {}

    static Events ofLaunchedServer() {
        return new Events(InstantSource.system(), EventLog.ofLaunchedServer(), new AuditLog(), new Xferlog());
    }

    static Events ofEmbeddedServer() {
        return new Events(InstantSource.system(), EventLog.ofEmbeddedServer(), new AuditLog(), new Xferlog());
    }
}
