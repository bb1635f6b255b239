package dev.zeroftpd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class LogFilesTest {

    @TempDir
    private Path folder;

    private final Logger logger = (Logger) LoggerFactory.getLogger("reopened");

    @AfterEach
    void detach() {
        logger.detachAndStopAllAppenders();
    }

    @Test
    void aFileThatWasNotRenamedKeepsItsLines() throws IOException {
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setAppend(false);
        attach(appender);
        logger.error("before");
        LogFiles.reopen();
        logger.error("after");
        assertThat(folder.resolve("log")).hasContent("before\nafter");
    }

    @Test
    void theSizeIsThatOfTheNewFile() throws IOException {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(logger.getLoggerContext());
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
        policy.setContext(logger.getLoggerContext());
        policy.setParent(appender);
        policy.setFileNamePattern(folder.resolve("log") + "-%d{yyyy-MM-dd}.%i");
        policy.setMaxFileSize(new FileSize(1000));
        appender.setRollingPolicy(policy);
        appender.setFile(folder.resolve("log").toString());
        policy.start();
        attach(appender);
        logger.error("x".repeat(900));
        Files.move(folder.resolve("log"), folder.resolve("renamed"));
        LogFiles.reopen();
        logger.error("y".repeat(900));
        logger.error("last");
        assertThat(folder.resolve("log")).hasContent("y".repeat(900) + "\nlast");
    }

    private void attach(FileAppender<ILoggingEvent> appender) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(logger.getLoggerContext());
        encoder.setPattern("%msg%n");
        encoder.start();
        appender.setContext(logger.getLoggerContext());
        appender.setEncoder(encoder);
        appender.setFile(folder.resolve("log").toString());
        appender.start();
        logger.addAppender(appender);
    }
}
