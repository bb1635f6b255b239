package dev.zeroftpd.ops.log;

import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.EventWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs transfers and deletions as wu-ftpd did, for programs that read such a log (xferlog(5)): to the logger
 * {@value #LOGGER} at DEBUG, so it takes a line of logback.xml to have it. Any thread that may block on the log's output.
 *
 * <p>A path's blanks and control characters become {@code _}. The times are local, as those programs expect. Of anonymous
 * clients no mail address is kept, so their name is {@code anonymous}.
 */
public final class Xferlog implements EventWriter {

    /** The logger's name is what operators route in logback.xml. */
    static final String LOGGER = "dev.zeroftpd.xferlog";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    private static final String ANONYMOUS = "anonymous";

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("EEE MMM ")
            .padNext(2)
            .appendValue(ChronoField.DAY_OF_MONTH)
            .appendPattern(" HH:mm:ss yyyy")
            .toFormatter(Locale.ROOT);

    @Override
    public boolean wants(EventKind kind) {
        return LOG.isDebugEnabled()
                && (kind == EventKind.UPLOAD || kind == EventKind.DOWNLOAD || kind == EventKind.DELETE);
    }

    @Override
    public void write(Event event) {
        switch (event.ending()) {
            case Ending.Transferred transferred -> LOG.debug(line(event, transferred, ZoneId.systemDefault()));
            case Ending.Done _ -> LOG.debug(deletion(event, ZoneId.systemDefault()));
            case Ending.Refused _, Ending.Ordered _, Ending.Lasted _ -> {
                // no transfer began
            }
        }
    }

    static String line(Event event, Ending.Transferred transferred, ZoneId zone) {
        char direction = event.kind() == EventKind.UPLOAD ? 'i' : 'o';
        return line(
                event,
                zone,
                transferred.result().elapsed(),
                transferred.result().bytes(),
                (transferred.ascii() ? "a" : "b") + " _ " + direction,
                transferred.result().completed());
    }

    static String deletion(Event event, ZoneId zone) {
        return line(event, zone, Duration.ZERO, 0, "b _ d", true);
    }

    private static String line(
            Event event, ZoneId zone, Duration elapsed, long bytes, String typeFlagsDirection, boolean complete) {
        String user = word(event.client().user());
        return TIME.format(event.time().atZone(zone))
                + " " + Math.ceilDiv(elapsed.toMillis(), 1000L)
                + " " + word(event.client().address())
                + " " + bytes
                + " " + word(event.deed().path())
                + " " + typeFlagsDirection
                + " " + (user.equals(ANONYMOUS) ? 'a' : 'r')
                + " " + user
                + " ftp 0 * "
                + (complete ? 'c' : 'i');
    }

    private static String word(String text) {
        if (text.isEmpty()) {
            return "-";
        }
        StringBuilder word = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i))
                    || Character.isSpaceChar(text.charAt(i))
                    || LogText.isUnprintable(text, i)) {
                word.setCharAt(i, '_');
            }
        }
        return word.toString();
    }
}
