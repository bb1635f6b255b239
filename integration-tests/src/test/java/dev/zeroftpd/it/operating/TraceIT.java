package dev.zeroftpd.it.operating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code ftpd trace} shows what clients say and are told, and no password. */
class TraceIT {

    /** As many as the server allows. */
    private static final int MOST_TRACES = 8;

    /** More than the queue of a trace and the socket behind it hold. */
    private static final int FLOOD = 6000;

    private static final int BATCH = 50;

    private static final String TRACE = "{\"command\":\"trace\",\"user\":\"alice\"}\n";

    private static final Account BOB = Account.ALICE.named("bob").atHome("bob");

    @TempDir
    Path folder;

    @RegisterExtension
    private final RunningServer server =
            RunningServer.with(ServerOptions.standard().with(BOB));

    private String said() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private void awaitSaid(String text) {
        await().until(() -> said().contains(text));
    }

    private Process trace(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("trace"));
        all.addAll(List.of(words));
        Process process = new ProcessBuilder(Operator.command(server, all.toArray(new String[0])))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        awaitSaid("Tracing; Ctrl-C ends it");
        return process;
    }

    private SocketChannel beginTrace() throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(Operator.socket(server)));
        channel.write(ByteBuffer.wrap(TRACE.getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static BufferedReader reader(SocketChannel channel) {
        return new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    private static String next(BufferedReader lines) throws IOException {
        return Objects.requireNonNull(lines.readLine());
    }

    @Test
    void showsWhatAnAccountSaysAndIsToldWithoutItsPasswords() throws Exception {
        Process trace = trace("--user", "alice");
        try (ControlClient client = ControlClient.connect(server.address());
                ControlClient other = ControlClient.login(server.address(), BOB)) {
            client.expect(331, "USER alice");
            client.expect(530, "pass secret-guess");
            client.expect(500, "PAS secret-typo");
            client.expect(331, "USER alice");
            client.expect(230, "PASS wonderland");
            client.expect(250, "CWD /");
            client.send("SITE PASSWD secret-site");
            client.reply();
            client.expect(211, "FEAT");
            other.expect(250, "CWD /");
            client.expect(221, "QUIT");
            awaitSaid("< 221");
        }
        assertThat(said())
                .containsPattern("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} \\S+-\\d+ alice 127\\.0\\.0\\.1 > USER alice\n")
                .contains(
                        "> PASS ***\n",
                        "< 530 ",
                        "> ***\n",
                        "< 230 ",
                        "> CWD /\n",
                        "> SITE ***\n",
                        "> FEAT\n",
                        "< 211 End")
                .doesNotContain("secret", "wonderland", "bob");

        trace.destroy();
        trace.waitFor();
    }

    @Test
    void showsAnAddressForPrograms() throws Exception {
        Process trace = trace("--address", "127.0.0.0/8", "--json");
        try (ControlClient client = ControlClient.connect(server.address())) {
            client.expect(530, "PWD");
            awaitSaid("PWD");
        }
        assertThat(said())
                .containsPattern("\\{\"time\":\"2[-0-9T:.]+Z\",\"session\":\"\\S+-\\d+\",\"user\":null,"
                        + "\"address\":\"127.0.0.1\",\"from\":\"client\",\"text\":\"PWD\"}\n")
                .contains("\"from\":\"server\",\"text\":\"220 ");
        trace.destroy();
        trace.waitFor();
    }

    @Test
    void aReaderThatStopsCostsTheSessionNothing() throws IOException {
        try (SocketChannel stopped = beginTrace();
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            BufferedReader lines = reader(stopped);
            assertThat(lines.readLine()).isEqualTo("{\"trace\":\"begun\"}");
            for (int i = 0; i < FLOOD; i += BATCH) {
                for (int j = 0; j < BATCH; j++) {
                    client.send("NOOP");
                }
                for (int j = 0; j < BATCH; j++) {
                    client.expectReply(200);
                }
            }
            String line = next(lines);
            while (!line.startsWith("{\"left_out\":")) {
                line = next(lines);
            }
            client.expect(200, "NOOP");
        }
    }

    @Test
    void endsWhenTheOperatorHangsUp() throws IOException {
        List<SocketChannel> running = new ArrayList<>();
        try {
            for (int i = 0; i < MOST_TRACES; i++) {
                running.add(beginTrace());
                assertThat(reader(running.getLast()).readLine()).contains("begun");
            }
            try (SocketChannel tooMany = beginTrace()) {
                assertThat(reader(tooMany).readLine()).contains("\"result\":\"refused\"", "too many traces");
            }
            running.removeFirst().close();
            await().until(() -> {
                try (SocketChannel next = beginTrace()) {
                    return next(reader(next)).contains("begun");
                }
            });
        } finally {
            for (SocketChannel each : running) {
                each.close();
            }
        }
    }

    @Test
    void wantsToKnowWhichSessions() throws IOException {
        Operator.ftpd(server, "trace").expectExit(2);
        Operator.ftpd(server, "trace", "--user", "alice", "--address", "::1").expectExit(2);
        Operator.ftpd(server, "trace", "--address", "example.org").expectExit(2);
    }
}
