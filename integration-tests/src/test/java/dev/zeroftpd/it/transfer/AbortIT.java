package dev.zeroftpd.it.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** ABOR in every state of a session (RFC 959 section 4.1.3), and what may be asked while a transfer runs. */
@ParameterizedClass
@MethodSource("dev.zeroftpd.it.support.Way#all")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbortIT {

    /** Far more than the kernel buffers for one connection. */
    private static final long SIZE = 64L << 20;

    /** Telnet IAC IP and the IAC of the urgent DM that follows (RFC 854): what clients put before ABOR. */
    private static final byte[] INTERRUPT_PROCESS = {(byte) 0xff, (byte) 0xf4, (byte) 0xff};

    private static final int DATA_MARK = 0xf2;

    private static final Account SLOW = Account.ALICE.named("slow").withDownloadRate(100_000);

    @Parameter
    Way way;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> ServerOptions.standard()
                    .with(SLOW)
                    .with("transfer.zero-copy", way.path().setting()))
            .prepared(AbortIT::writeFiles);

    private ControlClient control;
    private Path file;

    private static void writeFiles(Path home) throws IOException {
        PatternFile.write(home.resolve("file"), SIZE);
        PatternFile.write(home.resolve("small"), 1000);
    }

    @BeforeEach
    void login() throws IOException {
        file = server.home().resolve("file");
        control = ControlClient.login(server.listener(way.family()), Account.ALICE);
    }

    @AfterEach
    void theSessionStillWorks() throws IOException {
        try (DataClient data = retrieve(control, "small")) {
            PatternFile.assertRest(data.input(), 0, 1000);
        }
        control.expectReply(226);
        control.expect(221, "QUIT");
        control.close();
        await().untilAsserted(() -> assertThat(server.descriptorsOf(file)).isZero());
    }

    @Test
    void succeedsWhereNothingRuns() throws IOException {
        control.expect(226, "ABOR");
    }

    @Test
    void succeedsAfterATransfer() throws IOException {
        try (DataClient data = retrieve(control, "small")) {
            PatternFile.assertRest(data.input(), 0, 1000);
        }
        control.expectReply(226);

        control.expect(226, "ABOR");
    }

    @Test
    void succeedsBetweenPasvAndRetr() throws IOException {
        control.extendedPassive();

        control.expect(226, "ABOR");
    }

    @Test
    void endsATransferThatWaitsForItsDataConnection() throws IOException {
        control.extendedPassive();
        control.expect(150, "RETR file");

        control.expect(426, "ABOR");
        control.expectReply(226);
    }

    @Test
    void endsATransferWhoseClientDoesNotRead() throws IOException {
        try (DataClient data = retrieve(control, "file")) {
            PatternFile.assertNext(data.input(), 0, 1 << 20);

            control.expect(426, "ABOR");
            control.expectReply(226);
            assertThat(data.endsAsComplete()).as("ended with FIN").isFalse();
        }
    }

    @Test
    void endsATransferThatIsThrottled() throws IOException {
        try (ControlClient slow = ControlClient.login(server.listener(way.family()), SLOW);
                DataClient data = retrieve(slow, "file")) {
            PatternFile.assertNext(data.input(), 0, 1000);

            slow.expect(426, "ABOR");
            slow.expectReply(226);
            slow.expect(221, "QUIT");
        }
    }

    @Test
    void isUnderstoodWithTelnetInterruptAndSynch() throws IOException {
        try (DataClient data = retrieve(control, "file")) {
            PatternFile.assertNext(data.input(), 0, 1 << 20);

            control.sendBytes(INTERRUPT_PROCESS);
            control.sendUrgent(DATA_MARK);
            control.expect(426, "ABOR");
            control.expectReply(226);
        }
    }

    /** BSD's ftp and its descendants send the second IAC as the urgent byte, and the data mark behind it. */
    @Test
    void isUnderstoodWhereIacIsTheUrgentByte() throws IOException {
        try (DataClient data = retrieve(control, "file")) {
            PatternFile.assertNext(data.input(), 0, 1 << 20);

            control.sendBytes(new byte[] {INTERRUPT_PROCESS[0], INTERRUPT_PROCESS[1]});
            control.sendUrgent(INTERRUPT_PROCESS[2]);
            control.sendBytes(new byte[] {(byte) DATA_MARK, 'A', 'B', 'O', 'R', '\r', '\n'});
            control.expectReply(426);
            control.expectReply(226);
        }
    }

    @Test
    void isAnsweredEachTime() throws IOException {
        try (DataClient data = retrieve(control, "file")) {
            PatternFile.assertNext(data.input(), 0, 1 << 20);

            control.send("ABOR", "ABOR", "NOOP");
            control.expectReply(426);
            control.expectReply(226);
            control.expectReply(226);
            control.expectReply(200);
        }
    }

    @Test
    void comesInTheSameSegmentAsRetr() throws IOException {
        InetSocketAddress passive = control.extendedPassive();
        control.send("RETR file", "ABOR");
        try (DataClient data = DataClient.connect(passive)) {
            control.expectReply(150);
            control.expectReply(426);
            control.expectReply(226);
            assertThat(data.endsAsComplete()).as("ended with FIN").isFalse();
        }
    }

    @Test
    void noopAndStatusAreAnsweredDuringATransfer() throws IOException {
        try (DataClient data = retrieve(control, "file")) {
            PatternFile.assertNext(data.input(), 0, 1 << 20);

            control.expect(200, "NOOP");
            assertThat(control.command("STAT").code()).isIn(211, 213);
            control.expect(200, "SITE ZEROCOPY");

            PatternFile.assertRest(data.input(), 1 << 20, SIZE);
        }
        control.expectReply(226);
    }

    @Test
    void otherCommandsWaitForTheEndInTheirOrder() throws IOException {
        try (DataClient data = retrieve(control, "file")) {
            PatternFile.assertNext(data.input(), 0, 1 << 20);

            // NOOP stands behind a command that has to wait, so it waits too.
            control.send("PWD", "NOOP", "SIZE small");
            PatternFile.assertRest(data.input(), 1 << 20, SIZE);
        }
        control.expectReply(226);
        control.expectReply(257);
        control.expectReply(200);
        control.expectReply(213);
    }

    @Test
    void quitWaitsForTheEndOfTheTransfer() throws IOException {
        try (ControlClient leaving = ControlClient.login(server.listener(way.family()), Account.ALICE);
                DataClient data = retrieve(leaving, "file")) {
            leaving.send("QUIT");

            PatternFile.assertRest(data.input(), 0, SIZE);

            leaving.expectReply(226);
            leaving.expectReply(221);
            assertThat(leaving.isEndedByServer()).isTrue();
        }
    }

    @Test
    void userAndReinWaitForTheEndOfTheTransfer() throws IOException {
        for (String command : List.of("REIN", "USER nobody")) {
            try (ControlClient leaving = ControlClient.login(server.listener(way.family()), Account.ALICE);
                    DataClient data = retrieve(leaving, "file")) {
                leaving.send(command, "PWD");

                PatternFile.assertRest(data.input(), 0, SIZE);

                leaving.expectReply(226);
                leaving.expectReply(command.equals("REIN") ? 220 : 331);
                leaving.expectReply(530);
            }
        }
    }

    private DataClient retrieve(ControlClient client, String name) throws IOException {
        return DataClient.retrieve(client, way.mode(), name);
    }
}
