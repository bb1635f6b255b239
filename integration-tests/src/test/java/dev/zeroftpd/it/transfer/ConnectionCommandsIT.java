package dev.zeroftpd.it.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** EPSV, PASV, EPRT and PORT: how data connections are agreed on (RFC 959, section 4.1.2; RFC 2428). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionCommandsIT {

    private static final String TEXT = "The quick brown fox jumps over the lazy dog";

    @RegisterExtension
    private final RunningServer server =
            RunningServer.standard().withFile("fox", TEXT).withDirectory("folder");

    @Test
    void preparesDataConnectionsAsConfigured() throws IOException {
        Dialogue.loggedIn(server, """
            EPSV      => 229 .*\\(\\|\\|\\|\\d+\\|\\).*
            EPSV 1    => 229 .*
            EPSV 2    => 522 .*\\(1\\).*
            EPSV 9    => 501 .*
            PASV      => 227 .*\\(127,0,0,1,\\d+,\\d+\\).*
            PORT 127,0,0,1,0,0 => 501 .*
            EPRT |1|localhost|4000| => 501 .*
            EPRT |3|127.0.0.1|4000| => 522 .*\\(1,2\\).*
            EPSV ALL  => 200 .*
            PASV      => 503 .*
            PORT 127,0,0,1,200,1 => 503 .*
            EPRT |1|127.0.0.1|51201| => 503 .*
            EPSV      => 229 .*
            ABOR      => 226 .*
            RETR fox  => 425 .*\
            """);
    }

    @Test
    void leadsIpv6ClientsToEpsv() throws IOException {
        try (ControlClient client = ControlClient.login(server.listener(Way.Family.IPV6), Account.ALICE)) {
            Dialogue.hold(client, """
                PASV   => 425 .*EPSV.*
                EPSV   => 229 .*
                EPSV 2 => 229 .*
                EPSV 1 => 522 .*\\(2\\).*\
                """);
        }
    }

    @Test
    void usesTheAddressThatTheClientReachedItAt(@TempDir Path folder) throws IOException {
        try (ServerProcess everywhere = ServerProcess.start(
                        folder,
                        ServerOptions.standard()
                                .with("listener.address", "0.0.0.0")
                                .with("process.user", System.getProperty("user.name")));
                ControlClient client = ControlClient.login(
                        new InetSocketAddress("127.0.0.2", everywhere.address().getPort()), Account.ALICE);
                ServerSocket listener =
                        new ServerSocket(0, 1, client.localAddress().getAddress())) {
            assertThat(client.passive().getAddress().getHostAddress()).isEqualTo("127.0.0.2");

            client.extendedPort(listener.getLocalPort());
            client.expect(150, "LIST");
            try (Socket data = listener.accept()) {
                assertThat(data.getInetAddress().getHostAddress()).isEqualTo("127.0.0.2");
                assertThat(data.getPort()).as("a port that needs no root").isGreaterThanOrEqualTo(1024);
            }
            client.expectReply(226);
        }
    }

    /** lftp names it over IPv6. */
    @Test
    void takesTheUnspecifiedAddressForTheClientsOwn() throws IOException {
        try (ControlClient client = ControlClient.login(server.listener(Way.Family.IPV6), Account.ALICE);
                ServerSocket listener =
                        new ServerSocket(0, 1, client.localAddress().getAddress())) {
            client.expect(200, "EPRT |2|::|" + listener.getLocalPort() + "|");
            client.expect(150, "RETR fox");
            try (Socket data = listener.accept()) {
                assertThat(data.getInputStream().readAllBytes()).asString().isEqualTo(TEXT);
            }
            client.expectReply(226);
        }
    }

    @Test
    void oneAddressServesOneTransfer() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE);
                ServerSocket listener =
                        new ServerSocket(0, 1, client.localAddress().getAddress())) {
            client.extendedPort(listener.getLocalPort());
            client.expect(150, "RETR fox");
            listener.accept().close();
            client.reply();

            client.expect(425, "RETR fox");
        }
    }
}
