package dev.zeroftpd.ops.log;

import dev.zeroftpd.ops.LineQuota;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.EventWriter;
import dev.zeroftpd.transfer.result.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs each event as a line, with its fields as keys and values: transfers to the logger {@value #TRANSFERS}, others to one
 * for each kind, such as {@code dev.zeroftpd.event.login}. Any thread that may block on the log's output, so never an event
 * loop: an {@link dev.zeroftpd.ops.event.EventQueue} is before it.
 *
 * <p>In an embedded server only what was always logged is at INFO, and without fields, because some back ends put them into
 * the text; the rest is at DEBUG.
 */
public final class EventLog implements EventWriter {

    /** The loggers' names are what operators route in logback.xml. */
    static final String TRANSFERS = "dev.zeroftpd.transfer-log";

    static final String EVENTS = "dev.zeroftpd.event.";

    /** Enough for those who ban by these lines. */
    private static final int MOST_PER_MINUTE = 600;

    private final boolean embedded;
    private final Map<EventKind, Logger> loggers = new EnumMap<>(EventKind.class);
    private final Quotas quotas = new Quotas(MOST_PER_MINUTE);

    private EventLog(boolean embedded) {
        this.embedded = embedded;
        for (EventKind kind : EventKind.values()) {
            loggers.put(kind, LoggerFactory.getLogger(kind.isTransfer() ? TRANSFERS : EVENTS + kind.word()));
        }
    }

    /** An operator has to do something, sooner or later. */
    private static final Set<EventKind> WARNINGS = Collections.unmodifiableSet(
            EnumSet.of(EventKind.BAN, EventKind.CERTIFICATE_EXPIRING, EventKind.QUOTA_WARN, EventKind.QUOTA_FULL));

    public static EventLog ofLaunchedServer() {
        return new EventLog(false);
    }

    public static EventLog ofEmbeddedServer() {
        return new EventLog(true);
    }

    /** Transfers are at INFO or, if this machine was at fault, at WARN. */
    @Override
    public boolean wants(EventKind kind) {
        return logger(kind).isEnabledForLevel(kind.isTransfer() ? Level.WARN : level(kind));
    }

    private Logger logger(EventKind kind) {
        return Objects.requireNonNull(loggers.get(kind));
    }

    private Level level(EventKind kind) {
        if (WARNINGS.contains(kind)) {
            return Level.WARN;
        }
        boolean asEver = kind.isTransfer() || kind == EventKind.LOGIN_FAILED;
        return embedded && !asEver ? Level.DEBUG : Level.INFO;
    }

    private Level level(Event event) {
        if (event.ending() instanceof Ending.Transferred transferred
                && isOurFault(transferred.result().outcome())) {
            return Level.WARN;
        }
        boolean refusedTransfer =
                event.ending() instanceof Ending.Refused && event.kind().isTransfer();
        return embedded && refusedTransfer ? Level.DEBUG : level(event.kind());
    }

    @Override
    public void write(Event event) {
        Logger log = logger(event.kind());
        Level level = level(event);
        if (log.isEnabledForLevel(level)) {
            quotas.take(event).ifPresent(leftOut -> write(log, level, event, leftOut));
        }
    }

    private void write(Logger log, Level level, Event event, long leftOut) {
        String line = EventText.line(event) + LineQuota.remark(leftOut);
        if (embedded && level != Level.DEBUG) {
            log.atLevel(level).log(line);
        } else {
            EventLines.write(log, level, line, event, leftOut);
        }
    }

    private static boolean isOurFault(Outcome outcome) {
        return switch (outcome) {
            case Outcome.LocalFailure _, Outcome.DiskFull _ -> true;
            case Outcome.Completed _,
                    Outcome.NoDataConnection _,
                    Outcome.PeerClosed _,
                    Outcome.Stalled _,
                    Outcome.TlsTruncated _,
                    Outcome.ClientVanished _,
                    Outcome.Aborted _,
                    Outcome.SourceChanged _,
                    Outcome.QuotaExceeded _,
                    Outcome.Rejected _,
                    Outcome.NotPermitted _ -> false;
        };
    }
}
