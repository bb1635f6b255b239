package dev.zeroftpd.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

@Tag("attack")
class FewLinesTest {

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private Instant now = Instant.EPOCH;
    private final FewLines lines;

    FewLinesTest() {
        written.start();
        var logger = context.getLogger(FewLinesTest.class);
        logger.addAppender(written);
        lines = new FewLines(logger, 2, Duration.ofMinutes(1), () -> now);
    }

    @Test
    void writesSomeAndCountsTheOthers() {
        for (int i = 1; i <= 5; i++) {
            int number = i;
            lines.write(Level.WARN, () -> "line " + number);
        }
        now = now.plusSeconds(60);
        lines.write(Level.WARN, () -> "next");
        lines.write(Level.WARN, () -> "after it");

        assertThat(written.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("line 1", "line 2", "next (3 more lines like this were left out)", "after it");
    }
}
