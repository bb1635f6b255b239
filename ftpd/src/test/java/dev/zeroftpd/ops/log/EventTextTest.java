package dev.zeroftpd.ops.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.TransferResult;
import dev.zeroftpd.transfer.result.Way;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class EventTextTest {

    private static final Event.Client ADA = new Event.Client("t1-7", "ada", "192.0.2.7", false);

    private static final Event.Client PROTECTED = new Event.Client("t1-7", "ada", "::1", true);

    @Test
    void tellsOfATransferWhoWhatHowMuchHowFastAndHow() {
        var result = new TransferResult(new Outcome.Completed(), 10_000_000, Duration.ofMillis(500), Way.zeroCopy());
        assertThat(transfer(EventKind.DOWNLOAD, ADA, Event.Deed.of("RETR", "/pub/a b"), result))
                .isEqualTo("ada 192.0.2.7 RETR \"/pub/a b\", 10000000 bytes, 0.500 s, 20.0 MB/s, zero-copy, completed");
    }

    @Test
    void namesTheReasonForStreamingAndTheCauseOfTheEnd() {
        var result = new TransferResult(
                new Outcome.Aborted(Outcome.Aborted.Cause.ABOR),
                7,
                Duration.ofSeconds(1),
                Way.streamed(StreamReason.TLS));
        assertThat(transfer(EventKind.DOWNLOAD, PROTECTED, Event.Deed.of("RETR", "/x"), result))
                .endsWith("7 bytes, 1.000 s, 0.0 MB/s, streamed: TLS, aborted: ABOR");
    }

    @Test
    void tellsWhatTravelledWhereTheFileGotSomethingElse() {
        var result = new TransferResult(
                new Outcome.Completed(), 700, 7, Duration.ofSeconds(1), Way.streamed(StreamReason.UPLOAD));
        assertThat(transfer(EventKind.UPLOAD, ADA, Event.Deed.of("STOR", "/x"), result))
                .endsWith("700 bytes (7 transmitted), 1.000 s, 0.0 MB/s, streamed: upload, completed");
    }

    @Test
    void tellsOfTlsWhereTheReasonForStreamingDoesNot() {
        var result = new TransferResult(
                new Outcome.Completed(), 7, Duration.ofSeconds(1), Way.streamed(StreamReason.UPLOAD));
        assertThat(transfer(EventKind.UPLOAD, PROTECTED, Event.Deed.of("STOR", "/x"), result))
                .endsWith("0.0 MB/s, streamed: upload over TLS, completed");
    }

    @Test
    void tellsOfATransferThatWasRefusedInTheSameColumns() {
        assertThat(line(
                        EventKind.DOWNLOAD,
                        ADA,
                        Event.Deed.of("RETR", "/x"),
                        new Ending.Refused("", "550 /x: no such file.")))
                .isEqualTo(
                        "ada 192.0.2.7 RETR \"/x\", 0 bytes, 0.000 s, 0.0 MB/s, none, refused: 550 /x: no such file.");
    }

    @Test
    void tellsOfOtherDeedsInTheSameManner() {
        assertThat(line(EventKind.LOGIN, PROTECTED, Event.Deed.NONE, Ending.Done.PLAINLY))
                .isEqualTo("ada ::1 LOGIN over TLS");
        assertThat(line(EventKind.LOGOUT, ADA, Event.Deed.NONE, new Ending.Lasted(Duration.ofMillis(1500))))
                .isEqualTo("ada 192.0.2.7 LOGOUT after 1.500 s");
        assertThat(line(EventKind.RENAME, ADA, new Event.Deed("RNTO", "/a", "/b"), Ending.Done.PLAINLY))
                .isEqualTo("ada 192.0.2.7 RNTO \"/a\" to \"/b\"");
        assertThat(line(EventKind.ATTRIBUTES, ADA, Event.Deed.of("SITE CHMOD", "/a"), new Ending.Done("mode 640")))
                .isEqualTo("ada 192.0.2.7 SITE CHMOD \"/a\", mode 640");
        assertThat(line(
                        EventKind.BAN,
                        Event.Client.at("192.0.2.7"),
                        Event.Deed.NONE,
                        new Ending.Done("30 min: 10 different wrong passwords")))
                .isEqualTo("Banned 192.0.2.7 for 30 min: 10 different wrong passwords");
    }

    @Test
    void tellsWhatTheOperatorDid() {
        Event.Client range = Event.Client.at("192.0.2.0/24");
        Ending byOperator = new Ending.Done("by the operator");
        assertThat(line(EventKind.KICK, ADA, Event.Deed.NONE, byOperator))
                .isEqualTo("ada 192.0.2.7 KICK by the operator");
        assertThat(line(EventKind.UNBAN, range, Event.Deed.NONE, byOperator))
                .isEqualTo("Lifted the ban of 192.0.2.0/24 by the operator");
    }

    @Test
    @Tag("attack")
    void aHostileNameStandsBehindTheAddressAndInQuotes() {
        Event.Client hostile =
                new Event.Client("t1-8", "x 192.0.2.9 LOGIN \"y\" failed\n- 192.0.2.9", "192.0.2.8", false);
        assertThat(line(
                        EventKind.LOGIN_FAILED,
                        hostile,
                        Event.Deed.NONE,
                        new Ending.Refused("password", "wrong name or password")))
                .isEqualTo("- 192.0.2.8 LOGIN \"x 192.0.2.9 LOGIN \\\"y\\\" failed\\u000a- 192.0.2.9\" failed:"
                        + " wrong name or password");
    }

    private static String transfer(EventKind kind, Event.Client client, Event.Deed deed, TransferResult result) {
        return line(kind, client, deed, new Ending.Transferred(result, false));
    }

    private static String line(EventKind kind, Event.Client client, Event.Deed deed, Ending ending) {
        return EventText.line(new Event(Instant.EPOCH, kind, client, deed, ending));
    }
}
