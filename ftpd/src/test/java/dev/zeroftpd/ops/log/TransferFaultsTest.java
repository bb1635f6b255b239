package dev.zeroftpd.ops.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class TransferFaultsTest {

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
        Logger logger = (Logger) LoggerFactory.getLogger(TransferFaults.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            TransferFaults.log(failed, "RETR", "/x", "ada");
        } finally {
            logger.detachAppender(lines);
        }
        return lines.list;
    }
}
