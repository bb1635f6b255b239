package dev.zeroftpd.it.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who gets a data connection, and when: only the client, only what it prepared, and once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataConnectionIT {

    private static final long SIZE = 1 << 20;

    @RegisterExtension
    private final RunningServer server =
            RunningServer.with(ServerOptions.standard().with("transfer.connect-timeout", "1s"));

    private ControlClient control;

    @BeforeAll
    void writeFiles() throws IOException {
        PatternFile.write(server.home().resolve("file"), SIZE);
    }

    @BeforeEach
    void login() throws IOException {
        control = ControlClient.login(server.address(), Account.ALICE);
    }

    @AfterEach
    void logout() throws IOException {
        control.expect(221, "QUIT");
        control.close();
    }

    @Test
    void replies425WithoutPasvOrPortAfterATransfer() throws IOException {
        try (DataClient data = retrieve()) {
            PatternFile.assertRest(data.input(), 0, SIZE);
        }
        control.expectReply(226);

        Reply reply = control.command("RETR file");

        assertThat(reply.code()).isIn(425, 503);
    }

    @Test
    void givesNothingToAStrangerOnThePassivePort() throws IOException {
        InetSocketAddress passive = control.extendedPassive();
        try (DataClient stranger =
                DataClient.connect(passive, new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0))) {
            control.expect(150, "RETR file");
            control.expectReply(425);
            assertThat(stranger.bytesToWhateverEnd()).isZero();
        }
    }

    @Test
    void connectsToNobodyButTheClient() throws IOException {
        try (ServerSocket victim = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            int port = victim.getLocalPort();
            Reply port959 = control.command("PORT 127,0,0,2,%d,%d".formatted(port / 256, port % 256));
            assertThat(port959.code()).isBetween(500, 504);
            Reply extended = control.command("EPRT |1|127.0.0.2|" + port + "|");
            assertThat(extended.code()).isBetween(500, 504);
        }
    }

    @Test
    void acceptsTheActiveConnectionOfASlowlyAcceptingClient() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            control.expect(200, "EPRT |1|127.0.0.1|" + listener.getLocalPort() + "|");
            control.expect(150, "RETR file");
            try (Socket data = listener.accept()) {
                PatternFile.assertRest(data.getInputStream(), 0, SIZE);
            }
        }
        control.expectReply(226);
    }

    private DataClient retrieve() throws IOException {
        return DataClient.retrieve(control, Way.Mode.PASSIVE, "file");
    }
}
