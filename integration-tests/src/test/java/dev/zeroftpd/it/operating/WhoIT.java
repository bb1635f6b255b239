package dev.zeroftpd.it.operating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code ftpd who} and {@code ftpd status} tell what happens at every listener. */
class WhoIT {

    private static final long SIZE = 64L << 20;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> ServerKeystore.in(
            folder,
            ServerOptions.standard().with("listener.six.tls", "explicit").with("listener.tls", "explicit")));

    private ControlClient loginOverTls(Way.Family family) throws IOException {
        ControlClient client = ControlClient.connect(server.listener(family));
        client.expect(234, "AUTH TLS");
        client.protect();
        client.logIn(Account.ALICE);
        client.expect(200, "TYPE I");
        client.expect(200, "PBSZ 0");
        client.expect(200, "PROT P");
        return client;
    }

    @Test
    void listsTheSessionsOfEveryListener() throws IOException {
        Files.createDirectory(server.home().resolve("sub"));
        try (ControlClient four = ControlClient.login(server.address(), Account.ALICE);
                ControlClient six = loginOverTls(Way.Family.IPV6);
                ControlClient stranger = ControlClient.connect(server.address())) {
            four.expect(250, "CWD sub");
            stranger.expect(331, "USER alice");

            List<Map<String, Object>> sessions = Operator.who(server);

            assertThat(sessions).hasSize(3);
            assertThat(sessions.get(0).keySet())
                    .containsExactly(
                            "session", "user", "address", "tls", "since", "idle_seconds", "directory", "transfer");
            assertThat(sessions.get(0))
                    .containsEntry("user", "alice")
                    .containsEntry("address", "127.0.0.1")
                    .containsEntry("tls", false)
                    .containsEntry("directory", "/sub")
                    .containsEntry("transfer", null);
            assertThat(sessions.get(1))
                    .containsEntry("user", "alice")
                    .containsEntry("address", "0:0:0:0:0:0:0:1")
                    .containsEntry("tls", true)
                    .containsEntry("directory", "/");
            assertThat(sessions.get(2)).containsEntry("user", null).containsEntry("directory", null);
            assertThat(six.command("NOOP").code()).isEqualTo(200);
            assertThat(Operator.ftpd(server, "status").expectExit(0).output())
                    .contains("serving, process " + server.processId())
                    .contains("3, of them 1 without a login")
                    .contains("127.0.0.1:" + server.address().getPort() + " (TLS explicit)");
        }
    }

    @Test
    void tellsHowFarTransfersAreAndWhichWayTheyTake() throws IOException {
        PatternFile.write(server.home().resolve("file"), SIZE);
        try (ControlClient clear = ControlClient.login(server.address(), Account.ALICE);
                ControlClient secret = loginOverTls(Way.Family.IPV4);
                DataClient data = DataClient.connect(clear.extendedPassive());
                DataClient upload = DataClient.connect(secret.extendedPassive())) {
            clear.expect(350, "REST 100");
            clear.expect(150, "RETR file");
            PatternFile.assertNext(data.input(), 100, 1000);
            secret.expect(150, "STOR new");

            List<Map<String, Object>> sessions = Operator.who(server);

            assertThat(transfer(sessions.get(0)).keySet())
                    .containsExactly("verb", "path", "bytes", "size", "bytes_per_second", "way", "reason");
            assertThat(transfer(sessions.get(0)))
                    .containsEntry("verb", "RETR")
                    .containsEntry("path", "/file")
                    .containsEntry("size", Math.toIntExact(SIZE - 100))
                    .containsEntry("way", "zero-copy")
                    .containsEntry("reason", null);
            assertThat(Long.parseLong(String.valueOf(transfer(sessions.get(0)).get("bytes"))))
                    .isBetween(1000L, SIZE - 101);
            assertThat(transfer(sessions.get(1)))
                    .containsEntry("verb", "STOR")
                    .containsEntry("path", "/new")
                    .containsEntry("size", null)
                    .containsEntry("way", "streamed")
                    .containsEntry("reason", "upload");
            assertThat(Operator.ftpd(server, "who").expectExit(0).output())
                    .contains("RETR /file ", " of 64.0 MiB, ", ", zero-copy", "STOR /new 0 B, 0 B/s, streamed: upload");
            upload.reset();
        }
    }

    @SuppressWarnings("unchecked") // the keys of JSON are texts
    private static Map<String, Object> transfer(Map<String, Object> session) {
        return Objects.requireNonNull((Map<String, Object>) session.get("transfer"));
    }

    @Test
    void namesCanNeitherForgeALineNorDriveATerminal() throws IOException {
        String name = "a\u001b[2J\u009b1m\u202eb\"\\";
        Files.createDirectory(server.home().resolve(name));
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            client.expect(250, "CWD " + name);

            String table = Operator.ftpd(server, "who").expectExit(0).output();
            String json = Operator.ftpd(server, "who", "--json").expectExit(0).output();

            assertThat(table)
                    .contains("/a\\u001b[2J\\u009b1m\\u202eb\"\\\\")
                    .doesNotContain("\u001b", "\u009b", "\u202e");
            assertThat(json).contains("/a\\u001B[2J\\u009B1m\\u202Eb\\\"\\\\").matches("[\\x20-\\x7e]*\\n");
            assertThat(Operator.who(server).get(0)).containsEntry("directory", "/" + name);
        }
    }
}
