package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listener on all addresses takes clients of both families, and takes those of IPv4 for what they are. */
class AddressFamiliesIT {

    private static final byte[] TEXT = "text".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @BeforeEach
    void needsBothFamilies() throws IOException {
        assumeTrue(NetworkInterface.getByInetAddress(InetAddress.ofLiteral("::1")) != null, "this machine has no IPv6");
    }

    @Test
    void servesBothFamiliesOnAllAddresses() throws IOException {
        for (String all : new String[] {"0.0.0.0", "::"}) {
            Path own = Files.createDirectory(folder.resolve(all.equals("::") ? "six" : "four"));
            try (ServerProcess server = ServerProcess.start(
                    own,
                    ServerOptions.standard()
                            .with("listener.address", all)
                            .with("process.user", System.getProperty("user.name"))
                            .with("limits.sessions-per-address", "1"))) {
                int port = server.listeners().getFirst().getPort();
                Files.write(server.home().resolve("file"), TEXT);
                try (ControlClient four = ControlClient.login(
                                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), Account.ALICE);
                        ControlClient six = ControlClient.login(
                                new InetSocketAddress(InetAddress.ofLiteral("::1"), port), Account.ALICE)) {
                    transfersByIpv4(four);
                    transfersByIpv6(six);
                    countsIpv4AsItself(port);
                }
            }
        }
    }

    private static void transfersByIpv4(ControlClient client) throws IOException {
        InetSocketAddress announced = client.passive();
        assertThat(announced.getAddress().getHostAddress()).isEqualTo("127.0.0.1");
        assertRetrieves(client, announced);
        assertRetrieves(client, client.extendedPassive());
        client.expect(200, "PORT 127,0,0,1,200,1");
        client.expect(200, "EPRT |1|127.0.0.1|51201|");
        assertThat(client.command("PORT 127,0,0,2,200,1").code()).isGreaterThanOrEqualTo(500);
        assertThat(client.command("EPRT |2|::1|51201|").code()).isGreaterThanOrEqualTo(500);
    }

    private static void transfersByIpv6(ControlClient client) throws IOException {
        assertRetrieves(client, client.extendedPassive());
        client.expect(200, "EPRT |2|::1|51201|");
        assertThat(client.command("PASV").code()).isGreaterThanOrEqualTo(400);
    }

    private static void assertRetrieves(ControlClient client, InetSocketAddress data) throws IOException {
        try (DataClient connection = DataClient.connect(data)) {
            client.expect(150, "RETR file");
            assertThat(connection.input().readAllBytes()).isEqualTo(TEXT);
            client.expectReply(226);
        }
    }

    /** 127.0.0.1 has its one session, 127.0.0.2 another one. */
    private static void countsIpv4AsItself(int port) throws IOException {
        InetSocketAddress server = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        try (ControlClient second = ControlClient.connectUngreeted(server)) {
            second.expectReply(421);
        }
        ControlClient.connectFrom(InetAddress.ofLiteral("127.0.0.2"), server).close();
    }
}
