package dev.zeroftpd.it.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Headers that no balancer sends, and clients that go around it. */
@Tag("attack")
class HostileHeadersIT {

    private static final int STRANGERS = 20;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> ServerKeystore.in(
            folder,
            Balancer.server()
                    .with("listener.tls", "explicit")
                    .with("listener.six.tls", "off")
                    .with("listener.login-timeout", "3s")
                    .with("limits.sessions-before-login", Integer.toString(STRANGERS))));

    private void assertEnded(byte[] header) throws IOException {
        try (ControlClient client = Balancer.say(server.address(), header)) {
            assertThat(client.isEndedByServer()).isTrue();
        }
    }

    @Test
    void aClientThatGoesAroundTheBalancerIsNotBelieved() throws IOException {
        try (Socket around = new Socket()) {
            around.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0));
            around.connect(server.address());
            assertThat(sendAndRead(around, Balancer.block(Balancer.CLIENT))).isEqualTo(-1);
        }
        assertThat(server.awaitLogLine(line -> line.contains("127.0.0.2"))).contains("listener.proxy-from");
        assertThat(server.logText()).doesNotContain(Balancer.CLIENT);
    }

    private static int sendAndRead(Socket socket, byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
            return socket.getInputStream().read();
        } catch (SocketException reset) {
            return -1;
        }
    }

    @Test
    void whatIsNoHeaderEndsTheConnection() throws IOException {
        assertEnded("USER alice\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(server.awaitLogLine(line -> line.contains("send-proxy-v2"))).contains("127.0.0.1");
        assertEnded("\u0016\u0003\u0001\u0002".getBytes(StandardCharsets.ISO_8859_1));
        assertEnded("PROXY TCP4 1.2.3.4 5.6.7.8 99999 21\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEnded(Balancer.block(1, 0x11, new byte[11]));
    }

    @Test
    void aHeaderOfMoreThan4KiBEndsTheConnection() throws IOException {
        assertEnded(Balancer.block(1, 0x11, new byte[4096 - 15]));
        assertThat(server.awaitLogLine(line -> line.contains("longer than 4096 bytes")))
                .contains("127.0.0.1");
        assertEnded(("PROXY UNKNOWN " + "x".repeat(200)).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aHeaderThatDoesNotComeHasTheTimeOfALogin() throws IOException {
        try (ControlClient silent = ControlClient.connectUngreeted(server.address());
                ControlClient slow = Balancer.say(server.address(), new byte[] {'P', 'R'})) {
            assertThat(silent.isEndedByServer()).isTrue();
            assertThat(slow.isEndedByServer()).isTrue();
        }
        assertThat(server.awaitLogLine(line -> line.contains("didn't come in time")))
                .contains("send-proxy-v2");
    }

    /** They are strangers of the balancer's address, so they make room among themselves. */
    @Test
    void connectionsWithoutAHeaderHoldUpNoOther() throws IOException {
        List<ControlClient> silent = new ArrayList<>();
        try (ControlClient first = Balancer.connect(server.address(), Balancer.CLIENT)) {
            for (int i = 0; i < 3 * STRANGERS; i++) {
                silent.add(ControlClient.connectUngreeted(server.address()));
            }
            assertThat(silent.getFirst().isEndedByServer()).isTrue();
            first.logIn(Account.ALICE);
            Balancer.login(server.address(), Balancer.OTHER).close();
        } finally {
            for (ControlClient each : silent) {
                each.close();
            }
        }
    }

    @Test
    void aSecondHeaderIsNoHeader() throws IOException {
        byte[] two = Balancer.both(Balancer.line(Balancer.CLIENT), Balancer.line(Balancer.OTHER));
        try (ControlClient client = Balancer.say(server.address(), two)) {
            client.expectReply(220);
            assertThat(client.reply().code()).isIn(500, 530);
            client.logIn(Account.ALICE);
            assertThat(Operator.who(server))
                    .extracting(session -> session.get("address"))
                    .containsExactly(Balancer.CLIENT);
        }
    }

    @Test
    void aHeaderInsideTlsIsNoHeader() throws IOException {
        try (ControlClient client = Balancer.connect(server.address(), Balancer.CLIENT)) {
            client.expect(234, "AUTH TLS");
            client.protect();
            client.sendBytes(Balancer.line(Balancer.OTHER));
            assertThat(client.reply().code()).isIn(500, 530);
            client.logIn(Account.ALICE);
            await().until(() ->
                    Operator.who(server).stream().allMatch(session -> Balancer.CLIENT.equals(session.get("address"))));
        }
    }
}
