package dev.zeroftpd.server;

import dev.zeroftpd.admin.metric.Exposition;
import dev.zeroftpd.admin.metric.Exposition.Kind;
import dev.zeroftpd.admin.metric.RunningBytes;
import dev.zeroftpd.control.PendingTransfer;
import dev.zeroftpd.control.ZeroCopyListener;
import dev.zeroftpd.hook.Hooks;
import dev.zeroftpd.server.quota.QuotaOrders;
import dev.zeroftpd.server.quota.Quotas;
import dev.zeroftpd.transfer.result.Direction;
import dev.zeroftpd.users.source.GuardedSource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.ftpserver.impl.DefaultFtpServer;

/**
 * The metrics that are looked up when a scraper asks, because something else knows them already. Any thread; what is asked for
 * numbers is held up for microseconds.
 */
final class ServerLookups {

    private static final String UNKNOWN = "unknown";

    /** As many as have their bytes counted by name. */
    private static final int MOST_QUOTAS = 200;

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
        parts.hooks().ifPresent(hooks -> writeHooks(to, hooks));
        parts.quotas().ifPresent(quotas -> writeQuotas(to, quotas));
        parts.users().elsewhere().source().ifPresent(source -> writeSource(to, source));
    }

    private static void writeSource(Exposition to, GuardedSource source) {
        to.family("account_source_logins", Kind.COUNTER, "What accounts from elsewhere were asked for, by result.");
        source.counts().forEach((result, count) -> to.sample(count, "source", source.name(), "result", result));
        to.family("account_source_up", Kind.GAUGE, "1 if accounts from elsewhere were available when last asked for.")
                .sample(source.isAway() ? 0 : 1, "source", source.name());
    }

    private static void writeHooks(Exposition to, Hooks hooks) {
        to.family("hooks", Kind.COUNTER, "What came of events for hooks, by attempt, and of checks of uploads.");
        hooks.counts().forEach((event, result, count) -> to.sample(count, "event", event, "result", result));
        to.family("hook_queue", Kind.GAUGE, "Events that wait for the receivers of hooks.")
                .sample(hooks.waiting());
    }

    private static void writeQuotas(Exposition to, Quotas quotas) {
        to.family(
                "quota_used_bytes",
                Kind.GAUGE,
                "Bytes in the homes of the accounts that have used most of their quota.");
        quotas.orders().used().stream()
                .sorted(Comparator.comparingDouble(QuotaOrders.Used::part).reversed())
                .limit(MOST_QUOTAS)
                .forEach(used -> to.sample(used.bytes(), "user", used.account()));
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

    /** Those whose data connection is open. */
    List<RunningBytes> running() {
        return parts.sessions().open().stream()
                .flatMap(connection -> connection.currentTransfer().stream())
                .flatMap(pending -> running(pending).stream())
                .toList();
    }

    private static Optional<RunningBytes> running(PendingTransfer pending) {
        Direction direction = pending.isUpload() ? Direction.UPLOAD : Direction.DOWNLOAD;
        return pending.way()
                .flatMap(way -> pending.transfer().map(moving -> new RunningBytes(direction, way, moving.bytes())));
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
