package dev.zeroftpd.ops.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.TransferResult;
import dev.zeroftpd.transfer.result.Way;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** The forms for programs: whatever a name holds, an event stays one line, and each of its fields what it is. */
final class LogFormsTest {

    /** CR, LF, ESC, NEL, line and paragraph separator, right-to-left override, a byte that is no UTF-8, a blank, no-break. */
    private static final String HOSTILE = "/a\r\n\u001b\u0085\u2028\u2029\u202e\udcff \u00a0\"\\b";

    private static final Instant TIME = Instant.parse("2026-03-04T08:12:30.001Z");

    @Test
    @Tag("attack")
    void xferlogKeepsItsColumns() {
        assertThat(xferlog("ada", HOSTILE, new Outcome.Completed(), true))
                .isEqualTo("Wed Mar  4 08:12:30 2026 2 192.0.2.7 700 /a__________\"\\b a _ i r ada ftp 0 * c");
        assertThat(xferlog("anonymous", "/x", new Outcome.PeerClosed("reset"), false))
                .isEqualTo("Wed Mar  4 08:12:30 2026 2 192.0.2.7 700 /x b _ i a anonymous ftp 0 * i");
    }

    private static String xferlog(String user, String path, Outcome outcome, boolean ascii) {
        Ending.Transferred ending = new Ending.Transferred(
                new TransferResult(outcome, 700, Duration.ofMillis(1200), Way.streamed(StreamReason.UPLOAD)), ascii);
        Event event = new Event(
                TIME,
                EventKind.UPLOAD,
                new Event.Client("t1-7", user, "192.0.2.7", false),
                Event.Deed.of("STOR", path),
                ending);
        return Xferlog.line(event, ending, ZoneOffset.UTC);
    }

    @Test
    @Tag("attack")
    void jsonHasOneLineAndTheTypesOfTheFields() {
        Logger logger = new LoggerContext().getLogger("some.logger");
        LoggingEvent line = new LoggingEvent("", logger, Level.INFO, "said {}", null, new Object[] {HOSTILE});
        line.addKeyValuePair(new KeyValuePair("time", TIME));
        line.addKeyValuePair(new KeyValuePair("path", HOSTILE));
        line.addKeyValuePair(new KeyValuePair("bytes", 7L));
        line.addKeyValuePair(new KeyValuePair("tls", true));
        line.addKeyValuePair(new KeyValuePair("none", null));

        String escaped = "/a\\u000d\\u000a\\u001b\\u0085\\u2028\\u2029\\u202e\\udcff \u00a0\\\"\\\\b";
        assertThat(new String(new JsonLinesEncoder().encode(line), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"time\":\"2026-03-04T08:12:30.001Z\",\"level\":\"INFO\",\"logger\":\"some.logger\",\"path\":\""
                                + escaped + "\",\"bytes\":7,\"tls\":true,\"none\":null,\"message\":\"said " + escaped
                                + "\"}\n");
    }
}
