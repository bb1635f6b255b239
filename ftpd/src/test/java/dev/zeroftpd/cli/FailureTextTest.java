package dev.zeroftpd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureTextTest {

    @Test
    void namesTheFileAndTheReason() {
        assertThat(FailureText.of(new NoSuchFileException("/etc/none")))
                .isEqualTo("/etc/none: there is no such file or directory");
        assertThat(FailureText.of(new AccessDeniedException("/etc/shadow")))
                .isEqualTo("/etc/shadow: permission denied");
        assertThat(FailureText.of(new FileSystemException("/full", null, "No space left on device")))
                .isEqualTo("/full: No space left on device");
        assertThat(FailureText.of(new IOException("Stream closed"))).isEqualTo("Stream closed");
        assertThat(FailureText.of(new IOException())).isEqualTo("input or output failed");
    }

    @Test
    void keepsTheDetailsOfAFaultOfTheProgramInAFile() throws IOException {
        String text = FailureText.of(new IllegalStateException("inside"));
        assertThat(text).contains("please report it").doesNotContain("Exception");
        Path details = Path.of(text.substring(text.lastIndexOf(' ') + 1));
        assertThat(details).content().contains("IllegalStateException: inside");
        Files.delete(details);
    }

    @Test
    void logsTheDetailsWhereTheyCannotBeWritten() {
        Logger log = (Logger) LoggerFactory.getLogger(FailureText.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try {
            String text = FailureText.fault(new IllegalStateException("inside"), Path.of("/nowhere"));
            assertThat(text).contains("please report it").doesNotContain("Exception");
        } finally {
            log.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(line -> line.getThrowableProxy().getMessage())
                .containsExactly("inside");
    }
}
