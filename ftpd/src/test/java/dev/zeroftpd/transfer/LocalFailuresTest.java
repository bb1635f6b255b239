package dev.zeroftpd.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

final class LocalFailuresTest {

    private static final class OfAPlugin extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void passesOnWhatTheSystemSays() {
        IOException failure = new IOException("Input/output error");
        assertThat(LocalFailures.outcome(failure)).isEqualTo(new Outcome.LocalFailure("Input/output error", failure));
    }

    @Test
    void tellsNoClassNameAndNoPath() {
        assertThat(LocalFailures.outcome(new OfAPlugin())).satisfies(LocalFailuresTest::isUnexpected);
        assertThat(LocalFailures.outcome(new IOException())).satisfies(LocalFailuresTest::isUnexpected);
        assertThat(LocalFailures.outcome(new NoSuchFileException("/srv/ftp/secret")))
                .satisfies(LocalFailuresTest::isUnexpected);
        assertThat(LocalFailures.outcome(new AccessDeniedException("/srv/ftp/secret")))
                .isEqualTo(new Outcome.NotPermitted("permission denied"));
    }

    @Test
    void knowsTheSystemsWordsForAFullDisk() {
        assertThat(LocalFailures.outcome(new IOException("No space left on device")))
                .isEqualTo(new Outcome.DiskFull("No space left on device"));
        assertThat(LocalFailures.outcome(new IOException("Disk quota exceeded")))
                .isEqualTo(new Outcome.QuotaExceeded("Disk quota exceeded"));
        assertThat(LocalFailures.outcome(new FileSystemException("/x", null, "Read-only file system")))
                .isEqualTo(new Outcome.NotPermitted("the file system is read-only"));
    }

    @Test
    void readsNothingIntoATextThatHoldsAName() {
        assertThat(LocalFailures.outcome(new IOException("/no space left on device: can't be renamed")))
                .satisfies(LocalFailuresTest::isUnexpected);
        assertThat(LocalFailures.outcome(new IOException("quota exceeded.txt is read-only")))
                .satisfies(LocalFailuresTest::isUnexpected);
    }

    @Test
    void tellsNoStackTraceThatAMessageHolds() {
        assertThat(LocalFailures.outcome(new IOException("a.b.SomeException: x\n\tat a.b.C.d(C.java:1)")))
                .satisfies(LocalFailuresTest::isUnexpected);
    }

    private static void isUnexpected(Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.LocalFailure.class,
                        failure ->
                                assertThat(failure.detail()).isEqualTo("unexpected error on the server, see its log"));
    }
}
