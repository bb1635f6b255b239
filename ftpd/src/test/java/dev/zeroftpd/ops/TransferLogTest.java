package dev.zeroftpd.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.TransferResult;
import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class TransferLogTest {

    @Test
    void tellsWhoWhatHowMuchHowFastAndHow() {
        var result = new TransferResult(new Outcome.Completed(), 10_000_000, Duration.ofMillis(500), Way.zeroCopy());
        assertThat(TransferLog.line(new TransferRecord("ada", "192.0.2.7", "RETR", "/pub/a b", result)))
                .isEqualTo("ada 192.0.2.7 RETR \"/pub/a b\", 10000000 bytes, 0.500 s, 20.0 MB/s, zero-copy, completed");
    }

    @Test
    void namesTheReasonForStreamingAndTheCauseOfTheEnd() {
        var result = new TransferResult(
                new Outcome.Aborted(Outcome.Aborted.Cause.ABOR),
                7,
                Duration.ofSeconds(1),
                Way.streamed(StreamReason.TLS));
        assertThat(TransferLog.line(new TransferRecord("ada", "::1", "RETR", "/x", result)))
                .endsWith("7 bytes, 1.000 s, 0.0 MB/s, streamed: TLS, aborted: ABOR");
    }

    @Test
    void tellsWhatTravelledWhereTheFileGotSomethingElse() {
        var result = new TransferResult(
                new Outcome.Completed(), 700, 7, Duration.ofSeconds(1), Way.streamed(StreamReason.UPLOAD));
        assertThat(TransferLog.line(new TransferRecord("ada", "::1", "STOR", "/x", result)))
                .endsWith("700 bytes (7 transmitted), 1.000 s, 0.0 MB/s, streamed: upload, completed");
    }

    @Test
    @Tag("attack")
    void aNameCannotForgeALine() {
        assertThat(LogText.escape("a\r\nroot logged in \u001b[31m \"q\" \\ \u202e"))
                .isEqualTo("a\\u000d\\u000aroot logged in \\u001b[31m \\\"q\\\" \\\\ \\u202e");
        assertThat(LogText.escape("plain näme 日本")).isEqualTo("plain näme 日本");
    }

    @Test
    void tellsTheCauseOfALocalFailureOnceWithThePath() {
        var failed = new Outcome.LocalFailure("Input/output error", new IOException("sector 7"));

        assertThat(causesOf(failed)).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage()).isEqualTo("RETR \"/x\" of ada failed");
            assertThat(line.getThrowableProxy().getMessage()).isEqualTo("sector 7");
        });
    }

    @Test
    void tellsNoCauseThatSaysNothingMore() {
        IOException refused = new IOException("/x: in use", new IOException("/x: in use"));

        assertThat(causesOf(new Outcome.LocalFailure("/x: in use", refused))).isEmpty();
    }

    private static List<ILoggingEvent> causesOf(Outcome failed) {
        Logger logger = (Logger) LoggerFactory.getLogger(TransferLog.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            new TransferLog()
                    .write(new TransferRecord(
                            "ada",
                            "::1",
                            "RETR",
                            "/x",
                            new TransferResult(failed, 7, Duration.ofSeconds(1), Way.zeroCopy())));
        } finally {
            logger.detachAppender(lines);
        }
        return lines.list;
    }
}
