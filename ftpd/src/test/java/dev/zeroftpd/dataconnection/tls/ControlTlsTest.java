package dev.zeroftpd.dataconnection.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.SessionReuse;
import dev.zeroftpd.control.TestClient;
import dev.zeroftpd.control.TestServer;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AUTH TLS on a control connection. */
class ControlTlsTest {

    @TempDir
    private static Path directory;

    private static TestCertificate certificate;
    private static SSLContext client;

    @TempDir
    private Path home;

    @BeforeAll
    static void createCertificate() throws Exception {
        certificate = TestCertificate.create(directory, "server", "EC");
        client = certificate.clientOf(certificate);
    }

    private TestServer server(boolean tlsRequired) throws Exception {
        return new TestServer(
                home, new TestServer.Options().tls(certificate.settings(SessionReuse.OPTIONAL), tlsRequired));
    }

    private static TestClient handshake(TestClient plain) throws Exception {
        SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket(plain.socket, "server", 21, true);
        socket.startHandshake();
        return new TestClient(socket);
    }

    @Test
    void encryptsWhatFollowsAuth() throws Exception {
        try (TestServer server = server(false);
                TestClient plain = server.connect()) {
            plain.send("AUTH TLS");
            plain.expect(234);
            TestClient secured = handshake(plain);
            secured.send("USER u", "PASS p", "PWD", "AUTH TLS");
            secured.expect(331, 230, 257, 503);
        }
    }

    @Test
    void throwsAwayWhatCameInClearBehindAuth() throws Exception {
        try (TestServer server = server(false);
                TestClient plain = server.connect()) {
            plain.send("NOOP", "AUTH TLS", "NOSUCH", "NOOP");
            plain.expect(200, 234);
            TestClient secured = handshake(plain);
            secured.send("SYST");
            secured.expect(215);
        }
    }

    @Test
    void keepsWhatCameBehindAnAuthThatWasRefused() throws Exception {
        try (TestServer server = server(false);
                TestClient plain = server.connect()) {
            plain.send("AUTH KERBEROS_V4", "NOOP");
            plain.expect(504, 200);
        }
    }

    @Test
    void refusesNamesAndPasswordsBeforeTlsWhereItIsRequired() throws Exception {
        try (TestServer server = server(true);
                TestClient plain = server.connect()) {
            plain.send("USER u", "PASS p", "FEAT", "AUTH TLS");
            assertThat(plain.expect(530)).contains("TLS");
            plain.expect(530, 211, 234);
            TestClient secured = handshake(plain);
            secured.send("USER u", "PASS p");
            secured.expect(331, 230);
        }
    }
}
