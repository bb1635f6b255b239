package dev.zeroftpd.command.reply;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.zeroftpd.storage.ProviderErrors;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

final class StorageRepliesTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(StorageReplies.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void theCauseOfAFailureIsForTheLogAlone() throws IOException {
        IOException cause = new IOException("/real/path: what a plugin says");
        FtpReply reply =
                StorageReplies.of(ProviderErrors.exception(cause, VirtualPath.ROOT.resolve("name")), Refusal.OF_ACTION);

        assertThat(reply.getCode()).isEqualTo(451);
        assertThat(reply.getMessage()).doesNotContain("real", "plugin");
        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).contains("/name");
            assertThat(line.getThrowableProxy().getMessage()).isEqualTo(cause.getMessage());
        });
    }

    @Test
    void whatIsOnlyRefusedLeavesNoLine() {
        FtpReply _ = StorageReplies.of(
                ProviderErrors.exception(new NoSuchFileException("/real"), VirtualPath.ROOT), Refusal.OF_ACTION);

        assertThat(log.list).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void eachKindHasItsCodeForVerbsThatWriteAndForOthers(Kind kind) {
        int other = StorageReplies.code(kind, Refusal.OF_ACTION);
        int writing = StorageReplies.code(kind, Refusal.OF_NAME);
        switch (kind) {
            case NOT_FOUND, NOT_A_FILE, NOT_A_DIRECTORY, NOT_EMPTY ->
                assertThat(new int[] {other, writing}).containsExactly(550, 550);
            case NOT_PERMITTED, OUTSIDE_HOME, INVALID_NAME, EXISTS, ANOTHER_FILE_SYSTEM, UNSUPPORTED ->
                assertThat(new int[] {other, writing}).containsExactly(550, 553);
            case NO_SPACE -> assertThat(new int[] {other, writing}).containsExactly(452, 452);
            case QUOTA, TOO_LARGE -> assertThat(new int[] {other, writing}).containsExactly(552, 552);
            case BUSY, IN_USE, UNFINISHED ->
                assertThat(new int[] {other, writing}).containsExactly(450, 450);
            case BEYOND_END -> assertThat(new int[] {other, writing}).containsExactly(554, 554);
            case FAILED -> assertThat(new int[] {other, writing}).containsExactly(451, 451);
        }
    }
}
