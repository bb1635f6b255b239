package dev.zeroftpd.admin.metric;

import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.EventWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Counts what happens. Any thread; never waits. It hears of each event from the thread that it happens on: none is left out, as
 * logs may have to.
 */
final class EventCounts implements EventWriter {

    private static final String OK = "ok";

    /** Those that operators draw; others appear when they happen. */
    private static final List<String> REFUSALS =
            List.of("banned", "full", "address-limit", "sent-away", "protocol", "shutting-down");

    private static final List<String> FAILED_LOGINS = List.of("password", "disabled", "limit", "banned", "busy");

    private final Tallies<String> refused = new Tallies<>(UserBytes.OTHER);
    private final Tallies<String> logins = new Tallies<>(UserBytes.OTHER);
    private final TransferCounts transfers = new TransferCounts();
    private volatile boolean reloadOk = true;

    EventCounts() {
        REFUSALS.forEach(refused::begin);
        logins.begin(OK);
        FAILED_LOGINS.forEach(logins::begin);
    }

    @Override
    public boolean wants(EventKind kind) {
        return switch (kind) {
            case REFUSED, LOGIN, LOGIN_FAILED, UPLOAD, DOWNLOAD, LISTING, RELOAD -> true;
            case CONNECT,
                    LOGOUT,
                    DELETE,
                    RENAME,
                    MKDIR,
                    RMDIR,
                    ATTRIBUTES,
                    QUOTA_WARN,
                    QUOTA_FULL,
                    BAN,
                    UNBAN,
                    KICK,
                    AUDIT,
                    CERTIFICATE_EXPIRING,
                    START,
                    STOP -> false;
        };
    }

    @Override
    public void write(Event event) {
        switch (event.ending()) {
            case Ending.Transferred ended -> transfers.count(event, ended.result());
            case Ending.Refused why -> countRefusal(event, why.reason());
            case Ending.Done _, Ending.Ordered _, Ending.Lasted _ -> countDone(event.kind());
        }
    }

    private void countDone(EventKind kind) {
        if (kind == EventKind.LOGIN) {
            logins.increment(OK);
        } else if (kind == EventKind.RELOAD) {
            reloadOk = true;
        }
    }

    private void countRefusal(Event event, String reason) {
        if (event.kind() == EventKind.REFUSED) {
            refused.increment(reason);
        } else if (event.kind() == EventKind.LOGIN_FAILED) {
            logins.increment(reason);
        } else if (event.kind() == EventKind.RELOAD) {
            reloadOk = false;
        } else {
            transfers.countRefused(event);
        }
    }

    Totals totals(Supplier<List<RunningBytes>> running) {
        long failed = 0;
        long successful = 0;
        for (Map.Entry<String, LongAdder> each : logins.all().entrySet()) {
            if (each.getKey().equals(OK)) {
                successful = each.getValue().sum();
            } else {
                failed += each.getValue().sum();
            }
        }
        long away = refused.all().values().stream().mapToLong(LongAdder::sum).sum();
        return new Totals(transfers.bytes(running), successful, failed, away);
    }

    void write(Exposition to, Supplier<List<RunningBytes>> running) {
        to.family("sessions_refused", Exposition.Kind.COUNTER, "Connections that got no session or were sent away.");
        refused.all().forEach((reason, count) -> to.sample(count.sum(), "reason", reason));
        to.family("logins", Exposition.Kind.COUNTER, "Logins: ok, or why they were refused.");
        logins.all().forEach((result, count) -> to.sample(count.sum(), "result", result));
        transfers.write(to, running);
        to.family(
                "reload_ok",
                Exposition.Kind.GAUGE,
                "Whether all of the last reading of the configuration was applied.");
        to.sample(reloadOk ? 1 : 0);
    }
}
