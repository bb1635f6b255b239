package dev.zeroftpd.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.FreePorts;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that stop behind each byte of a control connection, many at once, with FIN, with RST or in silence. */
class StoppedClientIT {

    /** Some of everything: before the login, during it, a port that is never used, transfers that never come. */
    private static final byte[] CONVERSATION = """
        FEAT\r
        USER alice\r
        PASS wonderland\r
        TYPE I\r
        MKD made\r
        RNFR made\r
        EPSV\r
        RETR absent\r
        EPSV\r
        STOR never\r
        ABOR\r
        REST 5\r
        EPSV\r
        LIST\r
        QUIT\r
        """.getBytes(StandardCharsets.US_ASCII);

    private static final int AT_ONCE = 32;

    /** Over TLS thousands of connections would be as many handshakes: {@code -Dfaults.every-end=true}. */
    private static final boolean EVERY_END = Boolean.getBoolean("faults.every-end");

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> ServerKeystore.in(
            folder,
            ServerOptions.standard()
                    .with("listener.implicit.address", "127.0.0.1")
                    .with("listener.implicit.port", "0")
                    .with("listener.implicit.tls", "implicit")
                    .with("listener.idle-timeout", "2s")
                    .with("listener.login-timeout", "2s")
                    .with("limits.sessions-before-login", "0")
                    .with("transfer.connect-timeout", "1s")
                    .with("passive.ports", FreePorts.range(2 * CONVERSATION.length))));

    private Baseline before;
    private final Queue<Socket> left = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void look() throws IOException {
        before = Baseline.of(server, Account.ALICE);
    }

    @AfterEach
    void closeAll() throws IOException {
        for (Socket socket : left) {
            socket.close();
        }
    }

    private void assertAllEnd() throws IOException {
        for (Socket socket : left) {
            Ending.awaitEndByServer(socket);
        }
        before.awaitAgainAndStop();
        assertThat(server.home().resolve("never")).doesNotExist();
    }

    @Test
    void behindEachByteOfCommandsNothingStays() throws Exception {
        stopBehindEachByte(CONVERSATION.length, true, (length, ending) -> {
            Socket socket = connect(server.address());
            socket.getOutputStream().write(CONVERSATION, 0, length);
            ending.apply(socket);
        });
        assertAllEnd();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void behindEachByteOfTlsNothingStays(String protocol) throws Exception {
        InetSocketAddress implicit = server.listeners().stream()
                .filter(listener ->
                        listener.getAddress().equals(server.address().getAddress()))
                .filter(listener -> !listener.equals(server.address()))
                .findFirst()
                .orElseThrow();
        int whole;
        try (Socket socket = connect(implicit)) {
            whole = CutTlsClient.speak(socket, protocol, CONVERSATION, Integer.MAX_VALUE);
        }
        assertThat(whole).isGreaterThan(CONVERSATION.length);
        stopBehindEachByte(whole, EVERY_END, (length, ending) -> {
            Socket socket = connect(implicit);
            CutTlsClient.speak(socket, protocol, CONVERSATION, length);
            ending.apply(socket);
        });
        assertAllEnd();
    }

    private Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        left.add(socket);
        return socket;
    }

    private interface Part {
        void send(int length, Ending ending) throws IOException;
    }

    /** @param everyEnd whether each byte is followed by each end, and not by one of them in turn */
    private static void stopBehindEachByte(int length, boolean everyEnd, Part part) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> all = new ArrayList<>();
            List<Ending> endings = List.of(Ending.values());
            for (int i = 0; i <= length; i++) {
                int bytes = i;
                for (Ending ending : everyEnd ? endings : List.of(endings.get(i % endings.size()))) {
                    all.add(clients.submit(() -> {
                        part.send(bytes, ending);
                        return null;
                    }));
                }
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }
}
