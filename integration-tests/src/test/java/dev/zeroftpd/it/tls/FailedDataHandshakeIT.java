package dev.zeroftpd.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.OpensslClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS handshakes of data connections that fail: the reply says which side refused, and why. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailedDataHandshakeIT {

    @RegisterExtension
    private final RunningServer server = RunningServer.with(
            folder -> OpensslClient.withRsaKey(folder, ServerOptions.standard().with("listener.tls", "explicit")));

    @BeforeAll
    void writeFile() throws IOException {
        PatternFile.write(server.home().resolve("file"), 10);
    }

    private ControlClient login() throws IOException {
        ControlClient client = ControlClient.connect(server.address());
        client.expect(234, "AUTH TLS");
        client.protect();
        client.expect(331, "USER alice");
        client.expect(230, "PASS wonderland");
        client.expect(200, "PBSZ 0");
        client.expect(200, "PROT P");
        return client;
    }

    private static void assertTold(ControlClient client, String why) throws IOException {
        assertThat(client.expectReply(425).text()).isEqualTo("425 No data connection: " + why + ".");
        client.expect(200, "NOOP");
    }

    @ParameterizedTest
    @CsvSource({"RETR file, TLSv1.2", "RETR file, TLSv1.3", "STOR new, TLSv1.2", "STOR new, TLSv1.3"})
    void tellsWhoRefusedAndWhy(String command, String protocol) throws Exception {
        try (ControlClient client = login()) {
            InetSocketAddress address = client.extendedPassive();
            client.send(command);
            client.expectReply(150);
            handshakeOfAJavaClientThatTrustsNoServer(address, protocol);
            assertTold(client, "the client refused the server's certificate (certificate_unknown)");
        }
    }

    private static void handshakeOfAJavaClientThatTrustsNoServer(InetSocketAddress address, String protocol)
            throws Exception {
        try (Socket raw = new Socket(address.getAddress(), address.getPort());
                SSLSocket socket = (SSLSocket) SSLContext.getDefault()
                        .getSocketFactory()
                        .createSocket(raw, "localhost", address.getPort(), true)) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
        } catch (SSLException refused) {
            assertThat(refused).hasMessageContaining("certification path");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        -tls1_2 -verify_return_error                    | the client refused the server's certificate (unknown_ca)
        -tls1_3 -verify_return_error                    | the client refused the server's certificate (unknown_ca)
        -tls1_2 -cipher AES256-SHA@SECLEVEL=0           | no common cipher suite: the client offers TLS_RSA_WITH_AES_256_CBC_SHA
        -tls1_1 -cipher ALL@SECLEVEL=0                  | no common TLS version: the client offers TLSv1.1, this server TLSv1.3, TLSv1.2
        """)
    void tellsWhatOpensslAndTheServerDisagreeOn(String options, String why) throws IOException {
        try (ControlClient client = login()) {
            InetSocketAddress address = client.extendedPassive();
            client.send("RETR file");
            client.expectReply(150);
            OpensslClient.implicit(
                    server.folder(), address, List.of(options.split(" ", -1)).toArray(String[]::new));
            assertTold(client, why);
        }
    }

    @Test
    void tellsThatTheClientLeftOrSpeaksWithoutTls() throws IOException {
        try (ControlClient client = login()) {
            try (DataClient gone = DataClient.connect(client.extendedPassive())) {
                client.expect(150, "RETR file");
                gone.end();
                assertTold(client, "the client closed the connection during the TLS handshake");
            }
            try (DataClient clear = DataClient.connect(client.extendedPassive())) {
                client.expect(150, "STOR new");
                clear.output().write(new byte[100]);
                assertTold(client, "the client speaks without TLS");
            }
        }
    }
}
