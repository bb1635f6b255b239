package dev.zeroftpd.it.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One line at INFO for each thing that happens, with the shipped logback.xml. */
class EventLinesIT {

    private static final byte[] BYTES = "abc".getBytes(StandardCharsets.US_ASCII);

    @RegisterExtension
    final RunningServer server = RunningServer.with(ServerOptions.standard()
            .with("limits.sessions-per-address", "2")
            .with(Account.ALICE.named("guest").atHome("home").withLogins(1)));

    @Test
    void tellsWhatAnAccountDoes() throws IOException {
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            DataClient.sent(control, "STOR a", BYTES);
            control.expect(257, "MKD d");
            control.expect(350, "RNFR a");
            control.expect(250, "RNTO d/b c");
            control.expect(200, "SITE CHMOD 640 d/b c");
            control.expect(213, "MFMT 20260101000000 d/b c");
            control.expect(213, "MFF Modify=20260102000000; d/b c");
            control.expect(200, "SITE UTIME 20260103000000 d/b c");
            control.expect(250, "DELE d/b c");
            control.expect(250, "RMD d");
            control.expect(221, "QUIT");
        }
        server.awaitLogLine(line -> line.contains(" LOGOUT "));
        assertThat(told())
                .containsSubsequence(
                        "- 127.0.0.1 CONNECT to 127.0.0.1:" + server.address().getPort(),
                        "alice 127.0.0.1 LOGIN in clear",
                        "alice 127.0.0.1 MKD \"/d\"",
                        "alice 127.0.0.1 RNTO \"/a\" to \"/d/b c\"",
                        "alice 127.0.0.1 SITE CHMOD \"/d/b c\", mode 640",
                        "alice 127.0.0.1 MFMT \"/d/b c\", modified 20260101000000",
                        "alice 127.0.0.1 MFF \"/d/b c\", Modify=20260102000000;",
                        "alice 127.0.0.1 SITE UTIME \"/d/b c\", modified 20260103000000",
                        "alice 127.0.0.1 DELE \"/d/b c\"",
                        "alice 127.0.0.1 RMD \"/d\"");
        assertThat(told())
                .anyMatch(line ->
                        line.matches("alice 127.0.0.1 STOR \"/a\", 3 bytes, .* MB/s, streamed: upload, completed"))
                .anyMatch(line -> line.matches("alice 127.0.0.1 LOGOUT after \\d+\\.\\d{3} s"));
    }

    @Test
    void tellsOfTransfersThatWereRefusedOnceEach() throws IOException {
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            control.expect(425, "RETR unprepared");
            control.extendedPassive();
            control.expect(550, "RETR missing");
            control.extendedPassive();
            control.expect(550, "STOR nowhere/x");
        }
        String columns = "\", 0 bytes, 0.000 s, 0.0 MB/s, none, refused: ";
        server.awaitLogLine(line -> line.contains("/nowhere/x"));
        assertThat(told())
                .containsOnlyOnce(
                        "alice 127.0.0.1 RETR \"/missing" + columns + "550 /missing: no such file or directory.")
                .containsOnlyOnce(
                        "alice 127.0.0.1 STOR \"/nowhere/x" + columns + "550 /nowhere: no such file or directory.")
                .containsOnlyOnce(
                        "alice 127.0.0.1 RETR \"/unprepared" + columns + "425 Use PASV, EPSV, PORT or EPRT first.");
    }

    @Test
    void tellsWhyALogInWasRefused() throws IOException {
        try (ControlClient control = ControlClient.connect(server.address())) {
            control.expect(331, "USER x\u001b[31m\u202e\" 192.0.2.66");
            control.expect(530, "PASS wrong");
        }
        server.awaitLogLine(line -> line.endsWith(
                " - 127.0.0.1 LOGIN \"x\\u001b[31m\\u202e\\\" 192.0.2.66\" failed: wrong name or password"));
        Account guest = Account.ALICE.named("guest");
        try (ControlClient first = ControlClient.login(server.address(), guest);
                ControlClient second = ControlClient.connect(server.address())) {
            first.expect(200, "NOOP");
            second.expect(331, "USER guest");
            second.expect(421, "PASS " + guest.password());
        }
        server.awaitLogLine(line -> line.endsWith(
                " - 127.0.0.1 LOGIN \"guest\" failed: This account has too many sessions, try again later."));
    }

    @Test
    void tellsOfConnectionsThatWereRefused() throws IOException {
        try (ControlClient first = ControlClient.connect(server.address());
                ControlClient second = ControlClient.connect(server.address());
                ControlClient third = ControlClient.connectUngreeted(server.address())) {
            third.expectReply(421);
            first.expect(421, "GET / HTTP/1.1");
            second.expect(200, "NOOP");
        }
        server.awaitLogLine(line -> line.endsWith(
                " - 127.0.0.1 CONNECT refused: Too many connections from your address, try again later."));
        server.awaitLogLine(line -> line.endsWith(" - 127.0.0.1 CONNECT refused: This is an FTP server."));
    }

    @Test
    void tellsOfStartReloadAndStop() throws IOException {
        server.awaitLogLine(
                line -> line.matches(".* ZeroFTPd \\S+ started, configuration \\S+/ftpd.properties, 2 accounts,"
                        + " listening on 127\\.0\\.0\\.1:\\d+ \\(without TLS\\), \\[[0:1]+]:\\d+ \\(without TLS\\)"));
        Configuration.replace(server.folder(), "limits.sessions-per-address=2", "limits.sessions-per-address=3");
        server.hangUp();
        server.awaitLogLine(
                line -> line.endsWith(" Configuration reloaded; changed: limits.sessions-per-address 2 \u2192 3"));
        Configuration.replace(server.folder(), "shutdown.grace=1s", "shutdown.grace=2s");
        server.hangUp();
        server.awaitLogLine(line -> line.contains("WARN")
                && line.endsWith("Takes effect when the server is restarted: shutdown.grace 1s \u2192 2s"));
        Configuration.replace(server.folder(), "shutdown.grace=2s", "shutdown.grace=soon");
        server.hangUp();
        server.awaitLogLine(line -> line.contains("The configuration stays as it was: "));
    }

    private List<String> told() {
        return server.logText()
                .lines()
                .map(line -> line.replaceFirst("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} ", ""))
                .toList();
    }
}
