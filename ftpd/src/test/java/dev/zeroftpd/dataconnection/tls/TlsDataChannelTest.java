package dev.zeroftpd.dataconnection.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.config.SessionReuse;
import dev.zeroftpd.transfer.channel.DataChannel;
import dev.zeroftpd.transfer.channel.FewBytesChannel;
import dev.zeroftpd.transfer.channel.NoDataConnectionException;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsDataChannelTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static TestCertificate certificate;
    private static SSLContext client;
    private static TlsContexts contexts;
    private static TlsContexts strict;
    private static ExecutorService threads;

    /** One for all: the JDK's client finds the sessions that it can resume by host and port. */
    private static ServerSocketChannel listener;

    @BeforeAll
    static void start() throws Exception {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        certificate = TestCertificate.create(directory, "server", "EC");
        client = certificate.clientOf(certificate);
        contexts = TlsContexts.load(certificate.settings(SessionReuse.OPTIONAL));
        strict = TlsContexts.load(certificate.settings(SessionReuse.REQUIRED));
        threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterAll
    static void stop() throws IOException {
        listener.close();
        threads.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void sendsEveryByte(String protocol) throws Exception {
        byte[] content = randomBytes(3_000_000);
        try (Pair pair = new Pair(client)) {
            pair.client.setEnabledProtocols(new String[] {protocol});
            Future<byte[]> received =
                    threads.submit(() -> pair.client.getInputStream().readAllBytes());
            DataChannel channel = pair.secure(contexts.newSession());
            channel.write(ByteBuffer.wrap(content));
            channel.close();
            assertThat(received.get()).isEqualTo(content);
            assertThat(pair.client.getSession().getProtocol()).isEqualTo(protocol);
            assertThat(pair.client.getSession().getCipherSuite()).contains("AES_128_GCM");
        }
    }

    /** The JDK's sockets take a mere FIN for the end: only a channel of our own tells. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void saysCloseNotifyBeforeItEndsTheConnection(String protocol) throws Exception {
        SSLEngine engine = client.createSSLEngine("localhost", 0);
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {protocol});
        try (DataChannel near = new PlainDataChannel(SocketChannel.open(listener.getLocalAddress()));
                DataChannel far = new PlainDataChannel(listener.accept())) {
            Future<Boolean> endedCleanly = threads.submit(() -> {
                TlsDataChannel peer = new TlsDataChannel(engine, near);
                peer.handshake();
                assertThat(readAll(peer, 1000)).hasSize(3000);
                return peer.peerEndedCleanly();
            });
            DataChannel channel = contexts.newSession().secure(far, LONG, true);
            channel.write(ByteBuffer.wrap(new byte[3000]));
            channel.close();
            assertThat(endedCleanly.get()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 16_384, 16_385, 1_000_000})
    void receivesEveryByteWhateverTheBufferSize(int bufferBytes) throws Exception {
        byte[] content = randomBytes(bufferBytes == 1 ? 20_000 : 2_000_000);
        try (Pair pair = new Pair(client)) {
            Future<?> sent = threads.submit(() -> {
                pair.client.getOutputStream().write(content);
                pair.client.close();
                return null;
            });
            DataChannel channel = contexts.newSession().secure(pair.server, LONG, false);
            assertThat(readAll(channel, bufferBytes)).isEqualTo(content);
            assertThat(channel.peerEndedCleanly()).isTrue();
            channel.close();
            sent.get();
        }
    }

    @Test
    void deliversEverythingToAClientThatSaidGoodbyeFirst() throws Exception {
        byte[] content = randomBytes(5_000_000);
        try (Pair pair = new Pair(client)) {
            CountDownLatch saidGoodbye = new CountDownLatch(1);
            Future<byte[]> received = threads.submit(() -> {
                pair.client.startHandshake();
                pair.client.shutdownOutput(); // close_notify, which the server has no reason to read
                saidGoodbye.countDown();
                return pair.client.getInputStream().readAllBytes();
            });
            DataChannel channel = pair.secure(contexts.newSession());
            saidGoodbye.await();
            channel.write(ByteBuffer.wrap(content));
            channel.close();
            assertThat(received.get()).isEqualTo(content);
        }
    }

    @Test
    void doesNotTakeAConnectionCutWithoutCloseNotifyForComplete() throws Exception {
        try (Pair pair = new Pair(client)) {
            Future<?> sent = threads.submit(() -> {
                pair.client.getOutputStream().write(new byte[1000]);
                pair.raw.shutdownOutput();
                return null;
            });
            DataChannel channel = pair.secure(contexts.newSession());
            assertThat(readAll(channel, 100)).hasSize(1000);
            assertThat(channel.peerEndedCleanly()).isFalse();
            sent.get();
        }
    }

    /** What it doesn't read would turn its close into a reset, and an upload into a broken one. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void sendsNothingBehindTheHandshakeToAClientThatDoesNotRead(String protocol) throws Exception {
        SessionTls session = contexts.newSession();
        for (int i = 0; i < 3; i++) {
            try (Pair pair = new Pair(client)) {
                pair.client.setEnabledProtocols(new String[] {protocol});
                Future<?> handshake = threads.submit(() -> {
                    pair.client.startHandshake();
                    return null;
                });
                session.secure(pair.server, LONG, false);
                handshake.get();
                assertThat(pair.raw.getInputStream().available()).isZero();
            }
            assertThat(download(session, client, protocol)).isEqualTo(1);
        }
    }

    @Test
    void surviveKeyUpdatesInBothDirections() throws Exception {
        byte[] content = randomBytes(100_000);
        try (Pair pair = new Pair(client)) {
            Future<byte[]> echoed = threads.submit(() -> {
                pair.client.startHandshake();
                for (int i = 0; i < 10; i++) {
                    pair.client.getOutputStream().write(content, i * 10_000, 10_000);
                    pair.client.startHandshake(); // in TLS 1.3: a key update that asks for one in return
                }
                return pair.client.getInputStream().readNBytes(content.length);
            });
            DataChannel channel = pair.secure(contexts.newSession());
            ByteBuffer received = ByteBuffer.allocate(content.length);
            while (received.hasRemaining()) {
                channel.read(received);
            }
            channel.write(received.flip());
            assertThat(echoed.get()).isEqualTo(content);
        }
    }

    @Test
    void worksOverAConnectionThatDeliversAndAcceptsFewBytesACall() throws Exception {
        byte[] content = randomBytes(60_000);
        try (Pair pair = new Pair(client)) {
            Future<byte[]> echoed = threads.submit(() -> {
                pair.client.getOutputStream().write(content);
                return pair.client.getInputStream().readNBytes(content.length);
            });
            DataChannel slow = new FewBytesChannel(pair.server, 7, new Random(1));
            DataChannel channel = contexts.newSession().secure(slow, LONG, true);
            ByteBuffer received = ByteBuffer.allocate(content.length);
            while (received.hasRemaining()) {
                channel.read(received);
            }
            channel.write(received.flip());
            assertThat(echoed.get()).isEqualTo(content);
        }
    }

    @Test
    void refusesAClientThatSpeaksSomethingElse() throws Exception {
        try (Pair pair = new Pair(client)) {
            pair.raw
                    .getOutputStream()
                    .write("GET / HTTP/1.0\r\n\r\n".repeat(10).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> pair.secure(contexts.newSession())).isInstanceOf(NoDataConnectionException.class);
            assertThat(pair.server.isOpen()).isFalse();
        }
    }

    @Test
    void givesUpAClientThatNeverBegins() throws Exception {
        try (Pair pair = new Pair(client)) {
            SessionTls session = contexts.newSession();
            assertThatThrownBy(() -> session.secure(pair.server, Duration.ofMillis(50), true))
                    .isInstanceOf(NoDataConnectionException.class)
                    .hasMessageContaining("within 50 ms");
            assertThat(pair.server.isOpen()).isFalse();
        }
    }

    @Test
    void refusesAClientThatLeavesDuringTheHandshake() throws Exception {
        try (Pair pair = new Pair(client)) {
            pair.raw.close();
            assertThatThrownBy(() -> pair.secure(contexts.newSession())).isInstanceOf(NoDataConnectionException.class);
        }
    }

    @Test
    void resetWakesABlockedReader() throws Exception {
        try (Pair pair = new Pair(client)) {
            Future<?> handshake = threads.submit(() -> {
                pair.client.startHandshake();
                return null;
            });
            DataChannel channel = pair.secure(contexts.newSession());
            handshake.get();
            Future<Integer> read = threads.submit(() -> channel.read(ByteBuffer.allocate(10)));
            channel.reset();
            assertThatThrownBy(read::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void acceptsDataConnectionsThatResumeTheControlConnectionAndRefusesOthers(String protocol) throws Exception {
        SessionTls session = strict.newSession();
        control(session, client, protocol);
        for (int i = 0; i < 3; i++) {
            assertThat(download(session, client, protocol)).isEqualTo(1);
        }
        SSLContext stranger = certificate.clientOf(certificate);
        assertThatThrownBy(() -> download(session, stranger, protocol))
                .isInstanceOf(NoDataConnectionException.class)
                .hasMessageContaining("not reused");
        SessionTls strangersSession = strict.newSession();
        control(strangersSession, stranger, protocol);
        assertThatThrownBy(() -> download(session, stranger, protocol))
                .isInstanceOf(NoDataConnectionException.class)
                .hasMessageContaining("not reused");
    }

    /** What MINA does with the control connection's engine, without MINA. */
    private static void control(SessionTls session, SSLContext by, String protocol) throws Exception {
        try (Pair pair = new Pair(by)) {
            pair.client.setEnabledProtocols(new String[] {protocol});
            SSLEngine engine = session.newControlEngine(() -> false);
            Future<Integer> greeted =
                    threads.submit(() -> pair.client.getInputStream().read());
            TlsDataChannel channel = new TlsDataChannel(engine, pair.server);
            channel.handshake();
            channel.write(ByteBuffer.wrap(new byte[] {1}));
            assertThat(greeted.get()).isEqualTo(1);
            channel.close();
        }
    }

    private static int download(SessionTls session, SSLContext by, String protocol) throws Exception {
        try (Pair pair = new Pair(by)) {
            pair.client.setEnabledProtocols(new String[] {protocol});
            Future<Integer> received =
                    threads.submit(() -> pair.client.getInputStream().read());
            DataChannel channel = pair.secure(session);
            channel.write(ByteBuffer.wrap(new byte[] {1}));
            channel.close();
            return received.get();
        }
    }

    private static byte[] readAll(DataChannel channel, int bufferBytes) throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocateDirect(bufferBytes);
        byte[] copy = new byte[bufferBytes];
        while (channel.read(buffer.clear()) >= 0) {
            int count = buffer.flip().remaining();
            buffer.get(copy, 0, count);
            out.write(copy, 0, count);
        }
        return out.toByteArray();
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    /** A TLS client's socket and the server's end of the same connection. */
    private static final class Pair implements AutoCloseable {
        final Socket raw;
        final SSLSocket client;
        final DataChannel server;

        Pair(SSLContext context) throws IOException {
            InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
            raw = new Socket(address.getAddress(), address.getPort());
            server = new PlainDataChannel(listener.accept());
            client = (SSLSocket) context.getSocketFactory().createSocket(raw, "localhost", address.getPort(), true);
        }

        DataChannel secure(SessionTls session) throws IOException {
            return session.secure(server, LONG, true);
        }

        @Override
        public void close() throws IOException {
            server.reset();
            raw.close();
        }
    }
}
