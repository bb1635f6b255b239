package dev.zeroftpd.command.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.TransferResult;
import dev.zeroftpd.transfer.result.Way;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TransferRepliesTest {

    record Row(Outcome outcome, int code, String text) {}

    static List<Row> rows() {
        return List.of(
                new Row(new Outcome.Completed(), 226, "Transfer complete: 7 bytes in 0.500 s, zero-copy."),
                new Row(new Outcome.NoDataConnection("nothing came"), 425, "No data connection: nothing came."),
                new Row(
                        new Outcome.PeerClosed("reset"),
                        426,
                        "Data connection closed by the client (reset) after 7 bytes."),
                new Row(new Outcome.Stalled(Duration.ofSeconds(60)), 426, "No progress for 60 s after 7 bytes."),
                new Row(new Outcome.Stalled(Duration.ofMillis(1500)), 426, "No progress for 1500 ms after 7 bytes."),
                new Row(
                        new Outcome.TlsTruncated(),
                        426,
                        "TLS connection cut without close_notify, the file may be incomplete after 7 bytes."),
                new Row(
                        new Outcome.ClientVanished(),
                        426,
                        "Control connection ended without QUIT, the file may be incomplete after 7 bytes."),
                new Row(new Outcome.Aborted(Outcome.Aborted.Cause.ABOR), 426, "Transfer aborted after 7 bytes."),
                new Row(
                        new Outcome.Aborted(Outcome.Aborted.Cause.KICKED),
                        426,
                        "Ended by the administrator after 7 bytes."),
                new Row(
                        new Outcome.Aborted(Outcome.Aborted.Cause.SHUTDOWN),
                        426,
                        "Server is shutting down after 7 bytes."),
                new Row(new Outcome.SourceChanged("it shrank"), 451, "Transfer failed after 7 bytes: it shrank."),
                new Row(new Outcome.LocalFailure("bad disk", null), 451, "Transfer failed after 7 bytes: bad disk."),
                new Row(
                        Outcome.LocalFailure.unexpected(new IllegalStateException("inner")),
                        451,
                        "Transfer failed after 7 bytes: unexpected error on the server, see its log."),
                new Row(new Outcome.DiskFull("full"), 452, "Transfer failed after 7 bytes: full."),
                new Row(new Outcome.QuotaExceeded("quota"), 552, "Transfer failed after 7 bytes: quota."),
                new Row(new Outcome.Rejected("Eicar found"), 553, "Eicar found"),
                new Row(new Outcome.NotPermitted("no"), 550, "no."));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachOutcomeHasItsReply(Row row) {
        assertThat(TransferReplies.lineFor(result(row.outcome()), () -> 550))
                .contains(new TransferReplies.Line(row.code(), row.text()));
    }

    @Test
    void aRowStandsForEachOutcome() {
        assertThat(rows().stream()
                        .map(row -> row.outcome().getClass().getName())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(Stream.of(Outcome.class.getPermittedSubclasses())
                        .map(Class::getName)
                        .toList());
    }

    @Test
    void saysNothingWhereTheControlConnectionIsGone() {
        assertThat(TransferReplies.lineFor(
                        result(new Outcome.Aborted(Outcome.Aborted.Cause.CONTROL_CLOSED)), () -> 553))
                .isEmpty();
    }

    @Test
    void anUploadThatIsNotPermittedIsANameThatIsNotAllowed() {
        Optional<TransferReplies.Line> refused =
                TransferReplies.lineFor(result(new Outcome.NotPermitted("no")), () -> 553);
        assertThat(refused).contains(new TransferReplies.Line(553, "no."));
    }

    private static TransferResult result(Outcome outcome) {
        return new TransferResult(outcome, 7, Duration.ofMillis(500), Way.zeroCopy());
    }
}
