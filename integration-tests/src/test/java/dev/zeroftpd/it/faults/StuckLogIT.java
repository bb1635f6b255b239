package dev.zeroftpd.it.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standard error is a pipe that is full and that no program reads: no client waits for it. */
class StuckLogIT {

    private static final int MOST_FROM_ADDRESS = 4;

    /** With such a name in each, the events are more than the server keeps. */
    private static final int REFUSALS = 2500;

    private static final String LONG_NAME = "n".repeat(1500);

    @TempDir
    private Path folder;

    private Path pipe;

    @BeforeEach
    void makePipe() throws IOException {
        pipe = folder.resolve("pipe");
        Command.run(folder, "mkfifo", pipe.toString()).expectExit(0);
    }

    /** The server has both ends, so writing fails neither without a reader nor when the pipe is full. */
    private ServerProcess start(int mostFromAddress) throws IOException {
        return ServerProcess.start(
                folder,
                ServerOptions.standard()
                        .with("limits.sessions-per-address", Integer.toString(mostFromAddress))
                        .wrappedBy(List.of("sh", "-c", "exec \"$@\" 2<>\"$0\"", pipe.toString())));
    }

    /** dd ends with an error when not one byte more has room. */
    private void fill() throws IOException {
        assertThat(Command.run(folder, "dd", "if=/dev/zero", "of=" + pipe, "oflag=nonblock", "bs=1")
                        .errors())
                .contains("Resource temporarily unavailable");
    }

    /** Reads what has piled up and all that comes, until the server has ended. */
    private Process read(ServerProcess server) throws IOException {
        return new ProcessBuilder("cat", pipe.toString())
                .redirectOutput(Redirect.appendTo(server.log().toFile()))
                .start();
    }

    @Test
    void sessionsAnswerAndNewcomersAreGreetedAndTheLogSaysLaterWhatIsMissing() throws Exception {
        try (ServerProcess server = start(MOST_FROM_ADDRESS)) {
            try (ControlClient early = ControlClient.login(server.address(), Account.ALICE)) {
                fill();
                early.expect(200, "NOOP");
                assertNewcomersAreServed(server);
                for (int i = 0; i < REFUSALS; i++) {
                    early.expect(425, "RETR " + LONG_NAME);
                }
                assertNewcomersAreServed(server);
                early.expect(200, "NOOP");
            }
            Process reader = read(server);
            server.awaitLogLine(line -> line.matches(".* WARN .*: \\d+ lines are missing here: .*"));
            try (ControlClient late = ControlClient.login(server.address(), Account.ALICE)) {
                late.expect(257, "MKD late");
            }
            assertThat(server.stop()).isZero();
            assertThat(reader.waitFor()).isZero();
            assertThat(server.logText().lines())
                    .anyMatch(line -> line.contains("MKD \"/late\""))
                    .last()
                    .asString()
                    .endsWith(" Stopped");
        }
    }

    /** Each of them is a line in the log, of a thread that serves all sessions. */
    @Test
    void strangersWhoSpeakTlsWhereThereIsNoneHoldUpNoThread() throws IOException {
        try (ServerProcess server = start(100)) {
            fill();
            for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
                try (Socket stranger = new Socket(
                        server.address().getAddress(), server.address().getPort())) {
                    stranger.setSoTimeout(30_000);
                    stranger.getOutputStream().write(new byte[] {0x16, 3, 1, 2, '\r', '\n'});
                    assertThat(new BufferedReader(new InputStreamReader(stranger.getInputStream(), UTF_8))
                                    .lines()
                                    .anyMatch(line -> line.startsWith("500 ")))
                            .isTrue();
                }
            }
            assertNewcomersAreServed(server);
        }
    }

    @Test
    void theServerEndsAlthoughItsLogIsStuck() throws IOException {
        try (ServerProcess server = start(MOST_FROM_ADDRESS)) {
            fill();
            assertNewcomersAreServed(server);
            assertThat(server.stop()).isZero();
        }
    }

    private static void assertNewcomersAreServed(ServerProcess server) throws IOException {
        for (int i = 0; i < 10; i++) {
            try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
                byte[] bytes = {(byte) i};
                assertThat(DataClient.sent(client, "STOR file", bytes).code()).isEqualTo(226);
                assertThat(DataClient.received(client, "RETR file")).isEqualTo(bytes);
                client.expect(221, "QUIT");
            }
        }
        try (ControlClient stranger = ControlClient.connectUngreeted(server.address())) {
            stranger.expectReply(220);
            stranger.expect(421, "GET / HTTP/1.1");
        }
    }
}
