package dev.zeroftpd.dataconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.config.PortRange;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.PendingTransfer;
import dev.zeroftpd.control.TestClient;
import dev.zeroftpd.control.TestServer;
import dev.zeroftpd.transfer.TransferEngine;
import dev.zeroftpd.transfer.result.Outcome.NoDataConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OPEN opens the data connection and sends "hello" over it. */
class SessionDataConnectionTest {
    /** Below the ports that the system gives to clients: any connection of this machine may have one of those. */
    private static final int FIRST = 21_500;

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path home;

    private final TestServer.Options options =
            new TestServer.Options().command("OPEN", open()).ports(new PortRange(FIRST, FIRST + 2));
    private TransferEngine engine;

    @BeforeEach
    void startEngine() throws IOException {
        engine = TransferEngine.start();
    }

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    private Command open() {
        return (session, context, request) -> {
            PendingTransfer transfer = ControlConnection.of(session).beginTransfer(session, request, false);
            session.write(new DefaultFtpReply(150, "opening"));
            DataConnectionAttempt attempt = SessionDataConnection.of(session).open(engine.loop(), new OpenCallback() {
                @Override
                public void opened(SocketChannel socket) {
                    hello(socket);
                    finish(226, "sent");
                }

                @Override
                public void failed(NoDataConnection outcome) {
                    finish(425, outcome.detail());
                }

                @Override
                public void cancelled() {
                    finish(426, "cancelled");
                }

                private void finish(int code, String text) {
                    transfer.finish(() -> session.write(new DefaultFtpReply(code, text)));
                }
            });
            transfer.opening(attempt);
        };
    }

    private static void hello(SocketChannel socket) {
        try (socket) {
            assertThat(socket.isBlocking()).isFalse();
            socket.write(ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Socket socket) throws IOException {
        try (socket) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        return new Socket(address.getAddress(), address.getPort());
    }

    @Test
    void acceptsAClientThatHasConnectedBefore() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            Socket data = connect(client.passive());
            client.send("OPEN");
            client.expect(150, 226);
            assertThat(read(data)).isEqualTo("hello");
            assertThat(server.ports.inUse()).isZero();
        }
    }

    @Test
    void waitsForAClientThatConnectsLater() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            InetSocketAddress address = client.passive();
            client.send("OPEN");
            client.expect(150);
            assertThat(read(connect(address))).isEqualTo("hello");
            client.expect(226);
            await().until(() -> server.ports.inUse() == 0);
        }
    }

    @Test
    void connectsToTheClient() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login();
                ServerSocket listener = new ServerSocket(0, 1, LOOPBACK)) {
            int port = listener.getLocalPort();
            client.send("PORT 127,0,0,1," + port / 256 + "," + port % 256, "OPEN");
            client.expect(200, 150, 226);
            assertThat(read(listener.accept())).isEqualTo("hello");
        }
    }

    @Test
    void reports425WhenNobodyAnswersAtTheClientsPort() throws Exception {
        int port;
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK)) {
            port = listener.getLocalPort();
        }
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send("PORT 127,0,0,1," + port / 256 + "," + port % 256, "OPEN", "NOOP");
            client.expect(200, 150);
            assertThat(client.expect(425)).contains("connection refused");
            client.expect(200);
        }
    }

    @Test
    void reports425WhenNothingWasPrepared() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send("OPEN");
            client.expect(150);
            assertThat(client.expect(425)).contains("neither PASV");
        }
    }

    @Test
    void reports425AndFreesThePortWhenTheClientDoesNotConnect() throws Exception {
        try (TestServer server = new TestServer(home, options.connectTimeout(Duration.ofMillis(50)));
                TestClient client = server.login()) {
            client.passive();
            client.send("OPEN");
            client.expect(150);
            assertThat(client.expect(425)).contains("did not connect within");
            assertThat(server.ports.inUse()).isZero();
        }
    }

    @Test
    void dropsStrangersAndGoesOnWaitingForTheClient() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            InetSocketAddress address = client.passive();
            try (Socket early = strangerTo(address)) {
                client.send("OPEN");
                client.expect(150);
                assertIsDropped(early);
            }
            try (Socket late = strangerTo(address)) {
                assertIsDropped(late);
            }
            assertThat(read(connect(address))).isEqualTo("hello");
            client.expect(226);
        }
    }

    private static Socket strangerTo(InetSocketAddress address) throws IOException {
        return new Socket(
                address.getAddress(), address.getPort(), InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), 0);
    }

    private static void assertIsDropped(Socket socket) throws IOException {
        try {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    @Test
    void stopsWaitingAndFreesThePortWhenAborComes() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            InetSocketAddress address = client.passive();
            client.send("OPEN");
            client.expect(150);
            client.send("ABOR");
            client.expect(426, 226);
            assertThat(server.ports.inUse()).isZero();
            new ServerSocket(address.getPort(), 1, address.getAddress()).close();
        }
    }

    /** A client that only closed its side may still connect, as long as every client may. */
    @Test
    void freesThePortOfAClientThatLeftOnceItsTimeToConnectIsOver() throws Exception {
        try (TestServer server = new TestServer(home, options.connectTimeout(Duration.ofSeconds(1)))) {
            try (TestClient waiting = server.login();
                    TestClient prepared = server.login()) {
                prepared.passive();
                waiting.passive();
                waiting.send("OPEN");
                waiting.expect(150);
                assertThat(server.ports.inUse()).isEqualTo(2);
            }
            await().until(() -> server.ports.inUse() == 0);
        }
    }

    @Test
    void holdsOnePortASessionHoweverOftenItIsAsked() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            for (int i = 0; i < 200; i++) {
                client.passive();
                assertThat(server.ports.inUse()).isEqualTo(1);
            }
        }
    }

    @Test
    void takesAnotherPortWhenSomeOtherProcessHasOneAndLeaksNone() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            try (ServerSocket first = new ServerSocket(FIRST, 1, LOOPBACK);
                    ServerSocket second = new ServerSocket(FIRST + 1, 1, LOOPBACK)) {
                assertThat(first.getLocalPort()).isEqualTo(FIRST);
                for (int i = 0; i < 20; i++) {
                    assertThat(client.passive().getPort()).isEqualTo(FIRST + 2);
                }
                try (ServerSocket third = new ServerSocket()) {
                    client.send("PORT 127,0,0,1,200,200");
                    client.expect(200);
                    third.bind(new InetSocketAddress(LOOPBACK, FIRST + 2));
                    client.send("PASV");
                    client.expect(425);
                }
                assertThat(second.isClosed()).isFalse();
            }
            assertThat(server.ports.inUse()).isZero();
            client.passive();
        }
    }

    @Test
    void servesStockCommandsThatBlock() throws Exception {
        Files.writeString(home.resolve("a.txt"), "some text");
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            Socket data = connect(client.passive());
            client.send("TYPE I", "RETR a.txt");
            client.expect(200, 150, 226);
            assertThat(read(data)).isEqualTo("some text");
            client.send("RETR a.txt");
            client.expect(503);
            assertThat(server.ports.inUse()).isZero();
        }
    }

    @Test
    void endsABlockingStockCommandWhenAborComes() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login();
                Socket data = connect(client.passive())) {
            client.send("STOR b.txt");
            client.expect(150);
            data.getOutputStream().write(1);
            await().until(() -> Files.exists(home.resolve("b.txt")));
            client.send("ABOR");
            client.expect(426, 226);
            client.send("NOOP");
            client.expect(200);
        }
    }
}
