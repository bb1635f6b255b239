package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients send ahead of their turn, by the megabyte, to a server with a small heap. */
@Tag("attack")
class QueuedInputIT {

    private static final int CLIENTS = 160;

    /** Half a megabyte: what 62 commands take. */
    private static final String MANY_LONG_LINES = ("NOOP " + "x".repeat(8000) + "\r\n").repeat(62);

    /** The password is {@code wonderland}, and a guess takes a while. */
    private static final Account ANN = new Account(
            "ann",
            "$argon2id$v=19$m=7168,t=20,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "home",
            true,
            0,
            0,
            0,
            0);

    private ServerProcess server;
    private final List<ControlClient> clients = new ArrayList<>();
    private final List<Thread> senders = new ArrayList<>();

    @BeforeEach
    void startServer(@TempDir Path folder) throws IOException {
        ServerProcess.writeConfiguration(folder, ServerOptions.standard().with(ANN));
        server = ServerProcess.startSmall(folder, 64);
    }

    @AfterEach
    void stopServer() throws IOException, InterruptedException {
        for (ControlClient client : clients) {
            client.close();
        }
        for (Thread sender : senders) {
            sender.join();
        }
        server.close();
    }

    @Test
    void strangersThatSendMuchWhileTheirPasswordIsVerifiedDoNotFillTheMemory() throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            ControlClient client = ControlClient.connect(server.address());
            clients.add(client);
            senders.add(Thread.ofVirtual().start(() -> sendAsMuchAsIsTaken(client)));
        }
        alicesCommandsAreAnswered(server.address());
        assertThat(server.logText()).doesNotContain("OutOfMemoryError");
        assertThat(server.stop()).isZero();
    }

    private static void sendAsMuchAsIsTaken(ControlClient client) {
        try {
            client.send("USER ann", "PASS guess", MANY_LONG_LINES);
        } catch (IOException ended) {
            // the server takes no more, and the test is over
        }
    }

    private static void alicesCommandsAreAnswered(InetSocketAddress address) throws IOException {
        try (ControlClient alice = ControlClient.login(address, Account.ALICE)) {
            alice.expect(257, "PWD");
        }
    }

    @Test
    void aStrangersFirstLineIsShort() throws IOException {
        try (ControlClient client = ControlClient.connect(server.address())) {
            Reply tooLong = client.expect(500, "USER " + "x".repeat(4096));
            assertThat(tooLong.text()).contains("longer than 4096 bytes");
            client.expect(331, "USER " + "x".repeat(4000));
            client.send("USER alice", "PASS wonderland", "CWD " + "x".repeat(5000));
            client.expectReply(331);
            client.expectReply(230);
            assertThat(client.reply().code()).isGreaterThanOrEqualTo(550);
            assertThat(client.command("CWD " + "x".repeat(8000)).code()).isGreaterThanOrEqualTo(550);
        }
    }
}
