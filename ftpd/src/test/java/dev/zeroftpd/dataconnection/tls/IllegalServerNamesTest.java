package dev.zeroftpd.dataconnection.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.zeroftpd.config.SessionReuse;
import dev.zeroftpd.transfer.channel.DataChannel;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that ask for the server by what is no legal host name, which the JDK refuses by itself. */
class IllegalServerNamesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private static TestCertificate certificate;

    /** One for all connections, because the JDK resumes sessions by the server's port. */
    private static ServerSocketChannel listener;

    @BeforeAll
    static void makeCertificate(@TempDir Path folder) throws Exception {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        certificate = TestCertificate.create(folder, "server", "EC");
    }

    @AfterAll
    static void endThreads() throws Exception {
        listener.close();
        THREADS.close();
    }

    static Stream<Arguments> namesAndProtocols() {
        return Stream.of(
                        "my_ftp_server",
                        "nas_1.local",
                        "ftp.example.com.",
                        "ftp.example.com:21",
                        "[::1]",
                        "-x",
                        "a..b",
                        "",
                        "x".repeat(300),
                        "m\u00fcnchen.example",
                        "a b",
                        "ftp.example.com")
                .flatMap(name -> Stream.of("TLSv1.2", "TLSv1.3").map(protocol -> Arguments.of(name, protocol)));
    }

    @ParameterizedTest
    @MethodSource("namesAndProtocols")
    void areServedAndResumeTheirSessionOnDataConnections(String name, String protocol) throws Exception {
        SSLContext client = certificate.clientOf(certificate);
        SessionTls session =
                TlsContexts.load(certificate.settings(SessionReuse.REQUIRED)).newSession();

        assertThat(control(session, client, name, protocol)).isEqualTo(1);
        assertThat(data(session, client, name, protocol)).isEqualTo(1);
        assertThat(data(session, client, name, protocol)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("namesAndProtocols")
    void areServedByAnEmbeddersCommandsThatBlock(String name, String protocol) throws Exception {
        SSLContext client = certificate.clientOf(certificate);
        SessionTls session = SessionTls.of(
                TlsContexts.load(certificate.settings(SessionReuse.OPTIONAL)).sslConfiguration());
        try (ServerSocket blocking = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SSLSocket socket = connect(
                        client, new Socket(blocking.getInetAddress(), blocking.getLocalPort()), name, protocol);
                Socket accepted = blocking.accept()) {
            Future<Integer> read = THREADS.submit(() -> socket.getInputStream().read());
            try (SSLSocket secured = session.secure(accepted, LIMIT)) {
                secured.getOutputStream().write(1);
                assertThat(read.get()).isEqualTo(1);
            }
        }
    }

    @Test
    void leaveTheHashesOfEverybodyElseAlone() throws Exception {
        areServedAndResumeTheirSessionOnDataConnections("my_ftp_server", "TLSv1.3");

        assertThat(MessageDigest.getInstance("SHA-256").getProvider().getName()).isEqualTo("SUN");
    }

    @Test
    void areNoReasonToServeWhatIsNoHandshake() {
        assertThatCode(() -> ClientHello.parse(new byte[0])).doesNotThrowAnyException();
        assertThat(ClientHello.parse(new byte[] {1, 0, 0, 2, 3, 3})).isEmpty();
        assertThat(ClientHello.message(ByteBuffer.wrap("USER alice\r\n".getBytes(StandardCharsets.US_ASCII))))
                .isEmpty();
    }

    private static int control(SessionTls session, SSLContext client, String name, String protocol) throws Exception {
        try (Pair pair = new Pair(client, name, protocol)) {
            Future<Integer> read =
                    THREADS.submit(() -> pair.client.getInputStream().read());
            TlsDataChannel channel = new TlsDataChannel(session.newControlEngine(() -> false), pair.server);
            channel.handshake();
            channel.write(ByteBuffer.wrap(new byte[] {1}));
            int greeted = read.get();
            channel.close();
            return greeted;
        }
    }

    private static int data(SessionTls session, SSLContext client, String name, String protocol) throws Exception {
        try (Pair pair = new Pair(client, name, protocol)) {
            Future<Integer> read =
                    THREADS.submit(() -> pair.client.getInputStream().read());
            DataChannel channel = session.secure(pair.server, LIMIT, true);
            channel.write(ByteBuffer.wrap(new byte[] {1}));
            int first = read.get();
            channel.close();
            return first;
        }
    }

    private static SSLSocket connect(SSLContext client, Socket raw, String name, String protocol) throws Exception {
        SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket(raw, "server", raw.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new Name(name)));
        parameters.setProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        return socket;
    }

    /** What the JDK's own class for host names refuses, but puts on the wire. */
    private static final class Name extends SNIServerName {
        Name(String name) {
            super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final class Pair implements AutoCloseable {
        private final Socket raw;
        private final SSLSocket client;
        private final DataChannel server;

        Pair(SSLContext context, String name, String protocol) throws Exception {
            InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
            raw = new Socket(address.getAddress(), address.getPort());
            client = connect(context, raw, name, protocol);
            server = new PlainDataChannel(listener.accept());
        }

        @Override
        public void close() throws IOException {
            server.reset();
            raw.close();
        }
    }
}
