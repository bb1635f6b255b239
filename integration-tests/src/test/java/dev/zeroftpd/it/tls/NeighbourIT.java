package dev.zeroftpd.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import dev.zeroftpd.it.support.TrustingTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody with the client's own address, as behind NAT or on a shared machine, is first at its passive port, and speaks TLS
 * there: what {@code tls.session-reuse} makes of it.
 */
@Tag("attack")
class NeighbourIT {

    private static final int SIZE = 1000;

    private static final int READ_MILLIS = 30_000;

    @TempDir
    private Path folder;

    private ServerProcess start(String reuse) throws IOException {
        ServerOptions options =
                ServerOptions.standard().with("listener.tls", "explicit").with("tls.session-reuse", reuse);
        ServerProcess server = ServerProcess.start(folder, ServerKeystore.in(folder, options));
        PatternFile.write(server.home().resolve("file"), SIZE);
        return server;
    }

    private static ControlClient login(ServerProcess server) throws IOException {
        ControlClient client = ControlClient.connect(server.address());
        client.expect(234, "AUTH TLS");
        client.protect();
        client.expect(331, "USER alice");
        client.expect(230, "PASS wonderland");
        client.expect(200, "TYPE I");
        client.expect(200, "PBSZ 0");
        client.expect(200, "PROT P");
        return client;
    }

    /** Connects before the client does; what the neighbour could read. */
    private static byte[] steal(ControlClient client, String protocol) throws IOException {
        InetSocketAddress port = client.extendedPassive();
        client.expect(150, "RETR file");
        try (SSLSocket neighbour = secured(port, protocol)) {
            return neighbour.getInputStream().readAllBytes();
        } catch (SSLException | SocketException refused) {
            return new byte[0];
        }
    }

    private static SSLSocket secured(InetSocketAddress port, String protocol) throws IOException {
        Socket raw = new Socket(port.getAddress(), port.getPort());
        raw.setSoTimeout(READ_MILLIS);
        SSLSocket socket = (SSLSocket)
                TrustingTls.context().getSocketFactory().createSocket(raw, "localhost", port.getPort(), true);
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void getsNothingWhereDataConnectionsMustResume(String protocol) throws IOException {
        try (ServerProcess server = start("required");
                ControlClient client = login(server)) {
            assertThat(steal(client, protocol)).isEmpty();
            assertThat(client.expectReply(425).text()).contains("TLS session");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bringsNothingWhereDataConnectionsMustResume(String protocol) throws IOException {
        try (ServerProcess server = start("required");
                ControlClient client = login(server)) {
            InetSocketAddress port = client.extendedPassive();
            client.expect(150, "STOR new");
            try (SSLSocket neighbour = secured(port, protocol)) {
                neighbour.getOutputStream().write(new byte[SIZE]);
            } catch (SSLException | SocketException refused) {
                assertThat(refused).isNotNull();
            }
            client.expectReply(425);
            assertThat(server.home().resolve("new")).doesNotExist();
        }
    }

    /** The price of serving clients that can't resume, which docs/configuration.md names: when this fails, it may be wrong. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void getsTheDownloadWhereTheyNeedNot(String protocol) throws IOException {
        try (ServerProcess server = start("optional");
                ControlClient client = login(server)) {
            assertThat(steal(client, protocol)).isEqualTo(PatternFile.bytes(0, SIZE));
            client.expectReply(226);
        }
    }
}
