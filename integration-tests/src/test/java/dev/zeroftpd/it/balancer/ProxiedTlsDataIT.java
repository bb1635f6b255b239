package dev.zeroftpd.it.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.TrustingTls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Passive data connections with PROT P behind a balancer: the header comes in clear, TLS begins behind it. */
class ProxiedTlsDataIT {

    private static final int SIZE = 3 << 20;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> ServerKeystore.in(
            folder,
            Balancer.server()
                    .with("listener.tls", "explicit")
                    .with("listener.six.tls", "off")
                    .with("transfer.connect-timeout", "3s")));

    private ControlClient client;

    @BeforeEach
    void logIn() throws IOException {
        PatternFile.write(server.home().resolve("file"), SIZE);
        client = Balancer.connect(server.address(), Balancer.CLIENT);
        client.expect(234, "AUTH TLS");
        client.protect();
        client.logIn(Account.ALICE);
        client.expect(200, "TYPE I");
        client.expect(200, "PBSZ 0");
        client.expect(200, "PROT P");
    }

    @AfterEach
    void leave() throws IOException {
        client.close();
    }

    /** Says its header together with the first bytes of TLS, as a balancer may. */
    private static final class HastySocket extends Socket {

        private final byte[] header;
        private boolean said;

        HastySocket(byte[] header) {
            this.header = header;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            OutputStream plain = super.getOutputStream();
            return new OutputStream() {
                @Override
                public void write(int value) throws IOException {
                    write(new byte[] {(byte) value}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int count) throws IOException {
                    byte[] rest = Arrays.copyOfRange(bytes, from, from + count);
                    plain.write(said ? rest : Balancer.both(header, rest));
                    said = true;
                }
            };
        }
    }

    private void assertDownload(DataClient data) throws IOException {
        client.expectReply(150);
        data.protect(TrustingTls.context());
        PatternFile.assertRest(data.input(), 0, SIZE);
        client.expectReply(226);
    }

    @Test
    void downloadsBehindEitherHeader() throws IOException {
        for (byte[] header : List.of(Balancer.line(Balancer.CLIENT), Balancer.block(Balancer.CLIENT))) {
            try (DataClient data = Balancer.data(client, header)) {
                client.send("RETR file");
                assertDownload(data);
            }
        }
    }

    @Test
    void uploadsBehindEitherHeader() throws IOException {
        byte[] content = PatternFile.bytes(0, SIZE);
        for (byte[] header : List.of(Balancer.line(Balancer.CLIENT), Balancer.block(Balancer.CLIENT))) {
            try (DataClient data = Balancer.data(client, header)) {
                client.expect(150, "STOR new");
                data.protect(TrustingTls.context());
                data.output().write(content);
            }
            client.expectReply(226);
            assertThat(server.home().resolve("new")).hasBinaryContent(content);
            client.expect(250, "DELE new");
        }
    }

    @Test
    void tlsMayBeginInThePacketOfTheHeader() throws IOException {
        for (byte[] header : List.of(Balancer.line(Balancer.CLIENT), Balancer.block(Balancer.CLIENT))) {
            InetSocketAddress address = client.extendedPassive();
            try (Socket hasty = new HastySocket(header)) {
                hasty.setTcpNoDelay(true);
                hasty.connect(address);
                client.send("RETR file");
                try (SSLSocket secured = (SSLSocket) TrustingTls.context()
                        .getSocketFactory()
                        .createSocket(hasty, address.getHostString(), address.getPort(), true)) {
                    secured.startHandshake();
                    client.expectReply(150);
                    PatternFile.assertRest(secured.getInputStream(), 0, SIZE);
                }
                client.expectReply(226);
            }
        }
    }

    @Test
    @Tag("attack")
    void aConnectionOfAnotherClientIsDroppedBeforeItsTlsAndTheWaitGoesOn() throws IOException {
        InetSocketAddress address = client.extendedPassive();
        client.send("RETR file");
        for (byte[] header : List.of(Balancer.block(Balancer.OTHER), Balancer.line(Balancer.OTHER), Balancer.local())) {
            try (DataClient other = DataClient.connect(address)) {
                other.output().write(header);
                assertThat(other.bytesToWhateverEnd()).isZero();
            }
        }
        assertThat(server.awaitLogLine(line -> line.contains("/" + Balancer.OTHER)))
                .contains("meant for");
        try (DataClient data = DataClient.connect(address)) {
            data.output().write(Balancer.block(Balancer.CLIENT));
            assertDownload(data);
        }
    }

    /** What follows the header is TLS only: a second one is no part of it. */
    @Test
    @Tag("attack")
    void aHeaderInsideTheHandshakeIsNoHeader() throws IOException {
        byte[] two = Balancer.both(Balancer.block(Balancer.CLIENT), Balancer.block(Balancer.OTHER));
        try (DataClient data = Balancer.data(client, two)) {
            client.expect(150, "RETR file");
            client.expectReply(425);
            assertThat(data.bytesToWhateverEnd()).as("an alert at most").isLessThan(100);
        }
    }
}
