package dev.zeroftpd.ops.log;

import dev.zeroftpd.ops.LineQuota;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.EventWriter;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs who did what, beside transfers, to the logger {@value #LOGGER} at DEBUG: so it takes a line of logback.xml to have it.
 * Any thread that may block on the log's output.
 *
 * <p>Refused log-ins are limited here too, to fewer, with their number. Without a limit strangers could fill the files, which are
 * bounded, and so wash out what accounts did before.
 */
public final class AuditLog implements EventWriter {

    /** The logger's name is what operators route in logback.xml. */
    static final String LOGGER = "dev.zeroftpd.audit";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    /**
     * A person makes fewer mistakes. A line has some 100 bytes, and 1 KB if a stranger makes it as long as it can be: so it is
     * 10 to 90 MB a day for each reason, a tenth of that from one address.
     */
    private static final int MOST_PER_MINUTE = 60;

    private static final Set<EventKind> KINDS = EnumSet.of(
            EventKind.LOGIN,
            EventKind.LOGIN_FAILED,
            EventKind.LOGOUT,
            EventKind.DELETE,
            EventKind.RENAME,
            EventKind.MKDIR,
            EventKind.RMDIR,
            EventKind.ATTRIBUTES,
            EventKind.BAN,
            EventKind.UNBAN,
            EventKind.KICK,
            EventKind.AUDIT,
            EventKind.RELOAD,
            EventKind.START,
            EventKind.STOP);

    private final Quotas quotas = new Quotas(MOST_PER_MINUTE);

    @Override
    public boolean wants(EventKind kind) {
        return LOG.isDebugEnabled() && KINDS.contains(kind);
    }

    @Override
    public void write(Event event) {
        quotas.take(event).ifPresent(leftOut -> {
            String session = event.client().session();
            String line = (session.isEmpty() ? "-" : session) + " " + EventText.line(event) + LineQuota.remark(leftOut);
            EventLines.write(LOG, Level.DEBUG, line, event, leftOut);
        });
    }
}
