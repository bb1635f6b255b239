package dev.zeroftpd.server;

import dev.zeroftpd.admin.metric.Exposition;
import dev.zeroftpd.admin.metric.Exposition.Kind;
import dev.zeroftpd.control.ZeroCopyListener;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.ftpserver.impl.DefaultFtpServer;

/**
 * The metrics that are looked up when a scraper asks, because something else knows them already. Any thread; what is asked for
 * numbers is held up for microseconds.
 */
final class ServerLookups {

    private static final String UNKNOWN = "unknown";

    private final DefaultFtpServer server;
    private final ServerParts parts;
    private final BooleanSupplier draining;
    private final Instant started = Instant.now();

    ServerLookups(DefaultFtpServer server, ServerParts parts, BooleanSupplier draining) {
        this.server = server;
        this.parts = parts;
        this.draining = draining;
    }

    void write(Exposition to) {
        writeProcess(to);
        writeSessions(to);
        writeTransfers(to);
        to.family("bans", Kind.GAUGE, "Addresses and ranges that are banned now.")
                .sample(parts.bans().count());
        writeCertificates(to);
    }

    private void writeProcess(Exposition to) {
        String version = Optional.ofNullable(ServerLookups.class.getPackage().getImplementationVersion())
                .orElse(UNKNOWN);
        to.family("build", Kind.INFO, "The server's version, and that of Java.")
                .sample(1, "version", version, "java", Runtime.version().toString());
        to.family("start_time_seconds", Kind.GAUGE, "When the server started, in seconds since 1970.")
                .sample(started.getEpochSecond());
        to.family("draining", Kind.GAUGE, "1 from the order to stop until the end.")
                .sample(draining.getAsBoolean() ? 1 : 0);
        Runtime runtime = Runtime.getRuntime();
        to.family("heap_bytes", Kind.GAUGE, "Bytes of Java's heap that are used, garbage among them.")
                .sample(runtime.totalMemory() - runtime.freeMemory());
        to.family("threads", Kind.GAUGE, "Platform threads by what they are for.");
        ThreadKinds.count().forEach((kind, count) -> to.sample(count, "kind", kind));
    }

    private void writeSessions(Exposition to) {
        to.family("sessions", Kind.GAUGE, "Sessions by listener and by whether their control connection has TLS.");
        server.getListeners().forEach((name, listener) -> {
            if (listener instanceof ZeroCopyListener ours) {
                ZeroCopyListener.SessionCount count = ours.sessionCount();
                to.sample(count.plain(), "listener", name, "tls", "false");
                to.sample(count.tls(), "listener", name, "tls", "true");
            }
        });
        to.family("sessions_before_login", Kind.GAUGE, "Sessions without a login.")
                .sample(parts.sessions().beforeLogin());
    }

    private void writeTransfers(Exposition to) {
        int uploads = parts.sessions().uploading();
        int all = parts.sessions().transferring();
        to.family("transfers_active", Kind.GAUGE, "Data transfers that run, with listings.")
                .sample(Math.max(0, all - uploads), "direction", "download")
                .sample(uploads, "direction", "upload");
        to.family("passive_ports_busy", Kind.GAUGE, "Ports of passive.ports in use; 0 where the system picks them.")
                .sample(parts.dataConnectionSettings().passivePortsInUse());
    }

    private void writeCertificates(Exposition to) {
        to.family(
                "certificate_not_after_seconds",
                Kind.GAUGE,
                "When the certificate of a listener expires, in seconds since 1970.");
        parts.certificateEnd()
                .ifPresent(end -> server.getListeners().forEach((name, listener) -> {
                    if (parts.offersTls(name)) {
                        to.sample(end.getEpochSecond(), "listener", name);
                    }
                }));
    }
}
