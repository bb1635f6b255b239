package dev.zeroftpd.dataconnection.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.config.SessionReuse;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.TestClient;
import dev.zeroftpd.control.TestServer;
import java.io.EOFException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.DummySession;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.apache.mina.core.write.WriteRequest;
import org.apache.mina.core.write.WriteToClosedSessionException;
import org.apache.mina.filter.ssl.EncryptedWriteRequest;
import org.apache.mina.filter.ssl.SslHandler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            secured.expect(331, 230, 257, 534);
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

    /**
     * Each time takes the server's processor, in TLS 1.2, or an answer that a client which never reads leaves in its memory,
     * in TLS 1.3; and all that before anybody logged in.
     */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void endsAConnectionThatWantsNewKeysWithoutEnd(String protocol) throws Exception {
        try (TestServer server = server(false);
                TestClient plain = server.connect()) {
            plain.send("AUTH TLS");
            plain.expect(234);
            SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket(plain.socket, "server", 21, true);
            socket.setEnabledProtocols(new String[] {protocol});

            assertThatIOException().isThrownBy(() -> {
                for (int i = 0; i < 500; i++) {
                    socket.startHandshake(); // behind the first one a renegotiation, or a key update
                    socket.getOutputStream().write("NOOP\r\n".getBytes(StandardCharsets.US_ASCII));
                    for (int c = 0; c != '\n'; c = socket.getInputStream().read()) {
                        requireMore(c);
                    }
                }
            });
        }
    }

    @Test
    void takesNewKeysNowAndThen() throws Exception {
        try (TestServer server = server(false);
                TestClient plain = server.connect()) {
            plain.send("AUTH TLS");
            plain.expect(234);
            SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket(plain.socket, "server", 21, true);
            TestClient secured = new TestClient(socket);
            for (int i = 0; i < 10; i++) {
                socket.startHandshake();
                secured.send("NOOP");
                secured.expect(200);
            }
        }
    }

    /** A client that insists on the answer reads below its own TLS, because the JDK's takes a FIN for one. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void answersCloseNotifyAndEndsTheSession(String protocol) throws Exception {
        try (TestServer server = server(false);
                TestClient plain = server.connect()) {
            login(plain, protocol).shutdownOutput();
            byte[] last = plain.socket.getInputStream().readAllBytes();
            assertThat(isOneRecord(last)).isTrue();
            await().until(() -> server.connections.count() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void doesWhatCameBeforeCloseNotify(String protocol) throws Exception {
        try (TestServer server = server(false);
                TestClient plain = server.connect()) {
            SSLSocket socket = login(plain, protocol);
            new TestClient(socket).send("MKD one", "MKD two");
            socket.shutdownOutput();
            await().until(() -> server.connections.count() == 0);
            assertThat(home.resolve("one")).isDirectory();
            assertThat(home.resolve("two")).isDirectory();
        }
    }

    @Test
    void answersInTls13WhatCameBeforeCloseNotify() throws Exception {
        try (TestServer server = server(false);
                TestClient plain = server.connect()) {
            SSLSocket socket = login(plain, "TLSv1.3");
            TestClient secured = new TestClient(socket);
            secured.send("PWD", "NOOP");
            socket.shutdownOutput();
            secured.expect(257, 200);
            assertThat(secured.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void saysGoodbyeBehindTheReplyToQuit(String protocol) throws Exception {
        TestServer.Options options = new TestServer.Options()
                .tls(certificate.settings(SessionReuse.OPTIONAL), false)
                .command("QUIT", (session, context, request) -> {
                    session.write(new DefaultFtpReply(221, "Goodbye."));
                    ControlConnection.of(session).closeAfterReplies();
                });
        try (TestServer server = new TestServer(home, options);
                TestClient plain = server.connect()) {
            TestClient secured = new TestClient(login(plain, protocol));
            secured.send("QUIT");
            secured.expect(221);
            assertThat(isOneRecord(plain.socket.getInputStream().readAllBytes()))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsASessionWhoseClientLeavesBeforeTheHandshake(boolean byReset) throws Exception {
        try (TestServer server = server(false);
                TestClient plain = server.connect()) {
            plain.send("AUTH TLS");
            plain.expect(234);
            if (byReset) {
                plain.reset();
            } else {
                plain.socket.close();
            }
            await().until(() -> server.connections.count() == 0);
        }
    }

    private static SSLSocket login(TestClient plain, String protocol) throws Exception {
        plain.send("AUTH TLS");
        plain.expect(234);
        SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket(plain.socket, "server", 21, true);
        socket.setEnabledProtocols(new String[] {protocol});
        TestClient secured = new TestClient(socket);
        secured.send("USER u", "PASS p");
        secured.expect(331, 230);
        return socket;
    }

    /** True if {@code bytes} are one TLS record: an alert, encrypted so that only its length can be seen. */
    private static boolean isOneRecord(byte[] bytes) {
        return bytes.length > 5 && bytes.length == 5 + ((bytes[3] & 0xff) << 8) + (bytes[4] & 0xff);
    }

    private static void requireMore(int read) throws EOFException {
        if (read < 0) {
            throw new EOFException();
        }
    }

    /** A client that leaves between two replies: an I/O thread closes the session under the one that writes. */
    @Test
    void takesCalmlyThatTheSessionIsClosedMeanwhile() throws Exception {
        List<Throwable> failures = new ArrayList<>();
        DummySession session = new DummySession();
        session.setRemoteAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        session.setHandler(new IoHandlerAdapter() {
            @Override
            public void exceptionCaught(IoSession closed, Throwable cause) {
                failures.add(cause);
            }
        });
        TlsContexts contexts = TlsContexts.load(certificate.settings(SessionReuse.OPTIONAL));
        session.getFilterChain().addLast("tls", contexts.newSession().controlFilter());
        // what closing a session does first
        List.copyOf(session.getAttributeKeys()).stream()
                .filter(key -> session.getAttribute(key) instanceof SslHandler)
                .forEach(session::removeAttribute);
        WriteRequest reply = new DefaultWriteRequest(IoBuffer.wrap(new byte[1]));

        session.getFilterChain().fireMessageSent(new EncryptedWriteRequest(IoBuffer.wrap(new byte[1]), reply));
        session.getFilterChain().fireFilterWrite(reply);

        assertThat(failures)
                .as("what the connection's handler hears of")
                .hasSize(1)
                .hasOnlyElementsOfType(WriteToClosedSessionException.class);
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
