package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that do not wait for replies, or send what is no command: every line is answered once and in order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipeliningIT {

    @RegisterExtension
    private final RunningServer server = RunningServer.standard();

    @BeforeAll
    void writeFiles() throws IOException {
        PatternFile.write(server.home().resolve("file"), 100_000);
        PatternFile.write(server.home().resolve("small"), 1_000);
    }

    @Test
    void answersAWholeSessionSentAtOnce() throws IOException {
        try (ControlClient control = ControlClient.connect(server.address())) {
            control.send("USER alice", "PASS wonderland", "TYPE I", "PWD", "SIZE file", "NOOP", "QUIT");

            for (int code : new int[] {331, 230, 200, 257, 213, 200, 221}) {
                control.expectReply(code);
            }
            assertThat(control.isEndedByServer()).isTrue();
        }
    }

    @Test
    void answersMoreCommandsThanItQueues() throws IOException {
        int count = 5_000;
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            Thread sender = Thread.ofVirtual().start(() -> sendNoops(control, count));
            for (int i = 0; i < count; i++) {
                control.expectReply(i % 2 == 0 ? 257 : 200);
            }
            join(sender);
            control.expect(221, "QUIT");
        }
    }

    @Test
    void stopsReadingAClientThatDoesNotReadItsReplies() throws IOException {
        int count = 400_000; // more lines and replies than the kernel's buffers hold
        String line = "NOPE " + "x".repeat(100);
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            AtomicInteger sent = new AtomicInteger();
            Thread sender = Thread.ofVirtual().start(() -> sendCounting(control, line, count, sent));
            AtomicInteger before = new AtomicInteger();
            await().pollInterval(Duration.ofMillis(500)).until(() -> sent.get() == before.getAndSet(sent.get()));
            assertThat(sent.get())
                    .as("lines taken without a reader of the replies")
                    .isPositive()
                    .isLessThan(count);

            for (int i = 0; i < count; i++) {
                control.expectReply(500);
            }
            join(sender);
            control.expect(221, "QUIT");
        }
    }

    @Test
    void keepsTheOrderAroundATransfer() throws IOException {
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            InetSocketAddress passive = control.extendedPassive();
            List<String> lines = new ArrayList<>(List.of("PWD", "RETR file"));
            lines.addAll(Collections.nCopies(200, "SIZE file"));
            lines.add("NOOP");
            control.send(lines.toArray(String[]::new));
            try (DataClient data = DataClient.connect(passive)) {
                PatternFile.assertRest(data.input(), 0, 100_000);
            }

            control.expectReply(257);
            control.expectReply(150);
            control.expectReply(226);
            for (int i = 0; i < 200; i++) {
                control.expectReply(213);
            }
            control.expectReply(200);
        }
    }

    @Test
    void says150BeforeTheClientHasConnected() throws IOException {
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            InetSocketAddress passive = control.extendedPassive();
            control.expect(150, "RETR small");
            try (DataClient data = DataClient.connect(passive)) {
                PatternFile.assertRest(data.input(), 0, 1_000);
            }
            control.expectReply(226);
        }
    }

    @Test
    void readsALineThatComesByteByByte() throws IOException {
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            for (byte part : new byte[] {'N', 'O', 'O', 'P', '\r', '\n'}) {
                control.sendBytes(new byte[] {part});
            }
            control.expectReply(200);
        }
    }

    @Test
    void answersWhatIsNoCommand() throws IOException {
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            for (String line :
                    List.of("NOSUCH", "", "   ", "RETR", "PORT 1,2,3", "EPRT nonsense", "REST -1", "\0\0\0")) {
                assertThat(control.command(line).code())
                        .as("reply to '%s'", line)
                        .isBetween(500, 599);
            }
            control.expect(200, "NOOP");
        }
    }

    @Test
    void refusesALineThatIsTooLongAndGoesOn() throws IOException {
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            control.expect(500, "A".repeat(1 << 20));
            control.expect(200, "NOOP");
        }
    }

    @Test
    void theLastOfSeveralPasvCounts() throws IOException {
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            control.extendedPassive();
            control.passive();
            InetSocketAddress last = control.extendedPassive();
            try (DataClient data = DataClient.connect(last)) {
                control.expect(150, "RETR file");
                PatternFile.assertRest(data.input(), 0, 100_000);
            }
            control.expectReply(226);
        }
    }

    private static void sendNoops(ControlClient control, int count) {
        try {
            for (int i = 0; i < count; i++) {
                control.send(i % 2 == 0 ? "PWD" : "NOOP");
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void sendCounting(ControlClient control, String line, int count, AtomicInteger sent) {
        try {
            while (sent.get() < count) {
                control.send(line);
                sent.incrementAndGet();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
