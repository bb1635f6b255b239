package dev.zeroftpd.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.control.view.SessionView;
import dev.zeroftpd.operator.socket.Deadlines;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's connection, with as many sessions as a server has by its default limit. */
class ConversationTest {

    private static final int SESSIONS = 10_000;

    private static final String WHO = "{\"command\":\"who\"}\n";

    /** Stands for the lock that sessions need to come and go. */
    private final ReentrantLock registry = new ReentrantLock();

    private final Deadlines deadlines = new Deadlines();

    @TempDir
    Path folder;

    private ServerSocketChannel listening;

    @BeforeEach
    void listen() throws IOException {
        listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listening.bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
    }

    @AfterEach
    void close() throws IOException {
        listening.close();
    }

    private List<SessionView> sessions() {
        registry.lock();
        try {
            return IntStream.range(0, SESSIONS)
                    .mapToObj(ConversationTest::session)
                    .toList();
        } finally {
            registry.unlock();
        }
    }

    private static SessionView session(int number) {
        return new SessionView(
                "s-" + number,
                Optional.of("alice"),
                InetAddress.getLoopbackAddress(),
                false,
                Instant.EPOCH,
                Duration.ZERO,
                Optional.of("/"),
                Optional.empty());
    }

    private SocketChannel ask() throws IOException {
        SocketChannel operator = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("socket")));
        SocketChannel accepted = listening.accept();
        Thread.ofVirtual().start(() -> {
            try (accepted) {
                new Conversation(accepted, Map.of("who", new Who(this::sessions)), deadlines).hold();
            } catch (IOException gone) {
                // the test has ended
            }
        });
        operator.write(ByteBuffer.wrap(WHO.getBytes(StandardCharsets.US_ASCII)));
        return operator;
    }

    private static BufferedReader reader(SocketChannel operator) {
        return new BufferedReader(Channels.newReader(operator, StandardCharsets.UTF_8));
    }

    private static String next(BufferedReader answer) throws IOException {
        return Objects.requireNonNull(answer.readLine());
    }

    private static void assertAllAreTold(BufferedReader answer) throws IOException {
        List<String> lines = new ArrayList<>();
        String line = next(answer);
        while (!line.startsWith("{\"result\"")) {
            lines.add(line);
            line = next(answer);
        }
        assertThat(line).isEqualTo("{\"result\":\"done\"}");
        assertThat(lines).hasSize(SESSIONS);
        assertThat(lines.getLast()).startsWith("{\"session\":\"s-" + (SESSIONS - 1) + "\",\"user\":\"alice\"");
    }

    @Test
    void tellsOfTenThousandSessions() throws IOException {
        try (SocketChannel operator = ask()) {
            assertAllAreTold(reader(operator));
        }
    }

    @Test
    void anOperatorWhoStopsReadingHoldsUpNeitherSessionsNorOtherOperators() throws IOException {
        try (SocketChannel stopped = ask()) {
            stopped.read(ByteBuffer.allocate(1)); // the answer is under way, and doesn't fit into the socket

            assertThat(registry.tryLock()).isTrue();
            registry.unlock();
            try (SocketChannel other = ask()) {
                assertAllAreTold(reader(other));
            }
        }
    }
}
