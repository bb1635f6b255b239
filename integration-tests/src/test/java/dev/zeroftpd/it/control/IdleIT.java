package dev.zeroftpd.it.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that say nothing, at whatever point they stop: none of them keeps a session. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdleIT {

    private static final int SESSIONS = 8;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> ServerKeystore.in(
            folder,
            ServerOptions.standard()
                    .with("listener.idle-timeout", "1s")
                    .with("listener.tls", "explicit")
                    .with("listener.implicit.address", "127.0.0.1")
                    .with("listener.implicit.port", "0")
                    .with("listener.implicit.tls", "implicit")
                    .with("limits.sessions", Integer.toString(SESSIONS))));

    private InetSocketAddress implicit;

    @BeforeAll
    void findImplicitListener() throws IOException {
        implicit = server.listeners().stream()
                .filter(listener -> listener.getAddress() instanceof Inet4Address)
                .filter(listener -> !listener.equals(server.address()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sendsSilentClientsAway() throws IOException {
        try (ControlClient greeted = ControlClient.connect(server.address());
                ControlClient loggedIn = ControlClient.login(server.address(), Account.ALICE);
                ControlClient beforeHandshake = ControlClient.connect(server.address());
                ControlClient silentOverTls = ControlClient.connectUngreeted(implicit)) {
            beforeHandshake.expect(234, "AUTH TLS");

            greeted.expectReply(421);
            loggedIn.expectReply(421);
            for (ControlClient client : List.of(greeted, loggedIn, beforeHandshake, silentOverTls)) {
                assertThat(client.isEndedByServer()).isTrue();
            }
        }
    }

    @Test
    void aTransferThatWaitsForItsClientIsNotIdle() throws IOException {
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            try (DataClient data = DataClient.connect(control.extendedPassive())) {
                control.expect(150, "STOR slowly");
                for (int i = 0; i < 2; i++) {
                    try (ControlClient silent = ControlClient.connect(server.address())) {
                        silent.expectReply(421); // so one idle time is over
                    }
                }
                data.output().write(1);
            }
            control.expectReply(226);
        }
    }

    @Test
    void thoseBeyondTheLimitOfSessionsHoldNothing() throws IOException {
        List<ControlClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < SESSIONS * 4; i++) {
                clients.add(ControlClient.connectUngreeted(implicit));
            }
            for (ControlClient client : clients) {
                assertThat(client.isEndedByServer()).isTrue();
            }
        } finally {
            for (ControlClient client : clients) {
                client.close();
            }
        }
        await().untilAsserted(() -> {
            try (ControlClient next = ControlClient.connectUngreeted(server.address())) {
                assertThat(next.reply().code()).isEqualTo(220);
            }
        });
    }

    /** Its replies fill the buffers, and then not even the 421 can leave. */
    @ParameterizedTest
    @ValueSource(strings = {"", "QUIT"})
    void endsASessionWhoseClientNeverReads(String last, @TempDir Path folder) throws IOException {
        ServerOptions options =
                ServerOptions.standard().with("listener.idle-timeout", "1s").with("limits.sessions", "1");
        try (ServerProcess narrow = ServerProcess.start(folder, options);
                SocketChannel deaf = SocketChannel.open();
                Selector selector = Selector.open()) {
            deaf.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
            deaf.connect(narrow.address());
            deaf.configureBlocking(false);
            deaf.register(selector, SelectionKey.OP_WRITE);
            byte[] commands = ("HELP\r\n".repeat(1000) + last + (last.isEmpty() ? "" : "\r\n")).getBytes(US_ASCII);
            int round = 0;
            while (round < 1000 && selector.select(500) > 0) { // until the server takes no more
                selector.selectedKeys().clear();
                if (!isTaken(deaf, commands)) {
                    break;
                }
                round++;
            }
            assertThat(round).isLessThan(1000);

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                try (ControlClient next = ControlClient.connectUngreeted(narrow.address())) {
                    assertThat(next.reply().code()).isEqualTo(220);
                }
            });
        }
    }

    /** False if the server has ended the session already, which is its right with a client that says QUIT so often. */
    private static boolean isTaken(SocketChannel client, byte[] commands) {
        try {
            client.write(ByteBuffer.wrap(commands));
            return true;
        } catch (IOException ended) {
            return false;
        }
    }
}
