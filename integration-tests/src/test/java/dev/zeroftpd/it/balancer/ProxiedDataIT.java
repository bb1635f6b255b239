package dev.zeroftpd.it.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Passive data connections behind a balancer: each begins with a header, and it has to be the client's. */
class ProxiedDataIT {

    private static final int SIZE = 3 << 20;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(Balancer.server().with("transfer.connect-timeout", "3s"));

    private ControlClient client;

    @BeforeEach
    void logIn() throws IOException {
        PatternFile.write(server.home().resolve("file"), SIZE);
        client = Balancer.login(server.address(), Balancer.CLIENT);
    }

    @AfterEach
    void leave() throws IOException {
        client.close();
    }

    @Test
    void aDownloadBehindAHeaderStaysZeroCopy() throws IOException {
        for (byte[] header : List.of(Balancer.line(Balancer.CLIENT), Balancer.block(Balancer.CLIENT))) {
            try (DataClient data = Balancer.data(client, header)) {
                client.expect(150, "RETR file");
                PatternFile.assertRest(data.input(), 0, SIZE);
            }
            client.expectReply(226);
            assertThat(client.expect(200, "SITE ZEROCOPY").text()).contains("zero-copy");
        }
    }

    @Test
    void anUploadBeginsRightBehindTheHeader() throws IOException {
        byte[] content = "content\r\nPROXY TCP4 ".getBytes(StandardCharsets.US_ASCII);
        for (byte[] header : List.of(Balancer.line(Balancer.CLIENT), Balancer.block(Balancer.CLIENT))) {
            try (DataClient _ = Balancer.data(client, Balancer.both(header, content))) {
                client.expect(150, "STOR new");
            }
            client.expectReply(226);
            assertThat(server.home().resolve("new")).hasBinaryContent(content);
            Files.delete(server.home().resolve("new"));
        }
    }

    @Test
    @Tag("attack")
    void theHeaderMayComeAfterTheCommandAndByteByByte() throws IOException {
        InetSocketAddress address = client.extendedPassive();
        client.send("RETR file");
        try (DataClient data = DataClient.connect(address)) {
            for (byte each : Balancer.line(Balancer.CLIENT)) {
                data.output().write(each);
            }
            client.expectReply(150);
            PatternFile.assertRest(data.input(), 0, SIZE);
        }
        client.expectReply(226);
        assertThat(client.expect(200, "SITE ZEROCOPY").text()).contains("zero-copy");
    }

    @Test
    void pasvAnnouncesWhereTheClientHasReachedTheBalancer() throws IOException {
        InetSocketAddress announced = client.passive();

        assertThat(announced.getAddress().getHostAddress()).isEqualTo(Balancer.FRONT);
        try (DataClient data =
                DataClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), announced.getPort()))) {
            data.output().write(Balancer.block(Balancer.CLIENT));
            client.expect(150, "RETR file");
            PatternFile.assertRest(data.input(), 0, SIZE);
        }
        client.expectReply(226);
    }

    /** A client by IPv6, whose balancer speaks IPv4 with the server. */
    @Test
    void epsvNamesTheProtocolOfTheClient() throws IOException {
        try (ControlClient six = Balancer.login(server.address(), "2001:db8::5")) {
            six.expect(522, "EPSV 1");
            six.expect(229, "EPSV 2");
            six.expect(425, "PASV");
        }
    }

    @Test
    @Tag("attack")
    void aConnectionOfAnotherClientIsDroppedAndTheWaitGoesOn() throws IOException {
        InetSocketAddress address = client.extendedPassive();
        client.send("RETR file");
        for (byte[] header : List.of(
                Balancer.block(Balancer.OTHER),
                Balancer.local(),
                "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII),
                "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII))) {
            try (DataClient other = DataClient.connect(address)) {
                other.output().write(header);
                assertThat(other.bytesToWhateverEnd()).isZero();
            }
        }
        try (DataClient around = DataClient.connect(address, new InetSocketAddress("127.0.0.2", 0))) {
            assertThat(around.bytesToWhateverEnd()).isZero();
        }
        try (DataClient silent = DataClient.connect(address);
                DataClient data = DataClient.connect(address)) {
            data.output().write(Balancer.block(Balancer.CLIENT));
            client.expectReply(150);
            PatternFile.assertRest(data.input(), 0, SIZE);
            assertThat(silent.bytesToWhateverEnd()).isZero();
        }
        client.expectReply(226);
        assertThat(server.awaitLogLine(line -> line.contains("/" + Balancer.OTHER)))
                .contains("meant for");
    }

    @Test
    @Tag("attack")
    void aHeaderThatDoesNotComeHasTheTimeToConnect() throws IOException {
        try (DataClient silent = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "RETR file");
            client.expectReply(425);
            assertThat(silent.bytesToWhateverEnd()).isZero();
        }
        try (DataClient data = Balancer.data(client, Balancer.block(Balancer.CLIENT))) {
            client.expect(150, "RETR file");
            PatternFile.assertRest(data.input(), 0, SIZE);
        }
        client.expectReply(226);
    }

    /** More than may wait: the oldest makes room. */
    @Test
    @Tag("attack")
    void manySilentConnectionsDoNotKeepTheClientOut() throws IOException {
        InetSocketAddress address = client.extendedPassive();
        client.send("RETR file");
        DataClient[] silent = new DataClient[20];
        try {
            for (int i = 0; i < silent.length; i++) {
                silent[i] = DataClient.connect(address);
            }
            assertThat(silent[0].bytesToWhateverEnd()).isZero();
            try (DataClient data = DataClient.connect(address)) {
                data.output().write(Balancer.block(Balancer.CLIENT));
                client.expectReply(150);
                PatternFile.assertRest(data.input(), 0, SIZE);
            }
            client.expectReply(226);
        } finally {
            for (DataClient each : silent) {
                each.close();
            }
        }
    }
}
