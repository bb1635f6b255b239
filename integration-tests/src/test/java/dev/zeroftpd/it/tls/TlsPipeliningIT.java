package dev.zeroftpd.it.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Clients that send on without reading, over TLS: there replies need the lock of the TLS engine that the reading thread
 * may hold, so that reading and replying must never wait for each other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsPipeliningIT {

    @RegisterExtension
    private final RunningServer server = RunningServer.with(
            folder -> ServerKeystore.in(folder, ServerOptions.standard().with("listener.tls", "explicit")));

    @Test
    void answersManyCommandsOfOneWriteInOrder() throws IOException {
        try (ControlClient control = login()) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                lines.addAll(List.of("PWD", "SIZE nothing", "NOOP"));
            }
            for (int round = 0; round < 2; round++) {
                control.send(lines.toArray(String[]::new));
                for (int i = 0; i < 1_000; i++) {
                    control.expectReply(257);
                    control.expectReply(550);
                    control.expectReply(200);
                }
            }
            control.expect(221, "QUIT");
        }
    }

    @Test
    void goesOnWithAClientThatReadsItsRepliesLate() throws Exception {
        int writes = 2_000; // more lines and replies than the kernel's buffers hold
        int linesAWrite = 50;
        String[] lines =
                Collections.nCopies(linesAWrite, "NOPE " + "x".repeat(200)).toArray(String[]::new);
        try (ControlClient control = login()) {
            AtomicInteger sent = new AtomicInteger();
            Thread sender = Thread.ofVirtual().start(() -> send(control, lines, writes, sent));
            AtomicInteger before = new AtomicInteger();
            await().pollInterval(Duration.ofMillis(500)).until(() -> sent.get() == before.getAndSet(sent.get()));
            assertThat(sent.get()).as("writes taken without a reader").isLessThan(writes);

            for (int i = 0; i < writes * linesAWrite; i++) {
                control.expectReply(500);
            }
            sender.join();
            control.expect(221, "QUIT");
        }
    }

    /** Many at once: each session's replies are written by command threads while I/O threads read. */
    @Test
    void servesManySuchSessionsAtOnce() throws Exception {
        List<Thread> clients = new ArrayList<>();
        AtomicInteger served = new AtomicInteger();
        for (int i = 0; i < 8; i++) {
            clients.add(Thread.ofVirtual().start(() -> {
                try (ControlClient control = login()) {
                    String[] lines = Collections.nCopies(2_000, "SIZE nothing").toArray(String[]::new);
                    control.send(lines);
                    for (int line = 0; line < lines.length; line++) {
                        control.expectReply(550);
                    }
                    served.incrementAndGet();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        assertThat(served).hasValue(clients.size());
    }

    private ControlClient login() throws IOException {
        ControlClient control = ControlClient.connect(server.address());
        control.expect(234, "AUTH TLS");
        control.protect();
        control.expect(331, "USER " + Account.ALICE.name());
        control.expect(230, "PASS " + Account.ALICE.password());
        return control;
    }

    private static void send(ControlClient control, String[] lines, int writes, AtomicInteger sent) {
        try {
            while (sent.get() < writes) {
                control.send(lines);
                sent.incrementAndGet();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
