package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.control.GreedySessions.Greed;
import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one account makes the server compute doesn't keep another from its next command. */
@Tag("attack")
class TurnsIT {

    private static final Account BOB = Account.ALICE.named("bob");

    /** As much as is counted for one command; of empty lines, which take longest. */
    private static final int LONGEST_TEXT = 64 * 1024 * 1024;

    private static final int SESSIONS = 200;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder ->
            ServerKeystore.in(folder, ServerOptions.standard().with(BOB).with("listener.tls", "explicit")));

    private final List<ControlClient> greedy = new ArrayList<>();

    @Test
    void countsTextsWithoutHoldingUpTheCommandsOfOthers() throws IOException {
        writeText();
        try (ControlClient bob = ControlClient.login(server.address(), BOB)) {
            List<String> lines = new ArrayList<>(List.of("TYPE A"));
            lines.addAll(Collections.nCopies(60, "SIZE text"));
            logIn();
            for (ControlClient one : greedy) {
                one.send(lines.toArray(String[]::new));
            }
            greedy.getLast().expectReply(200);

            bob.expect(250, "CWD /");
            bob.expect(200, "TYPE A");
            bob.expect(213, "SIZE text");
        } finally {
            leave();
        }
    }

    @Test
    void looksForPatternsWithoutHoldingUpTheCommandsOfOthers() throws IOException {
        for (int i = 0; i < 4_000; i++) {
            Files.createDirectories(server.home().resolve("tree/directory" + i));
        }
        try (ControlClient bob = ControlClient.login(server.address(), BOB)) {
            String[] lines = Collections.nCopies(60, "STAT tree/*/nothing").toArray(String[]::new);
            logIn();
            for (ControlClient one : greedy) {
                one.send(lines);
            }

            bob.expect(250, "CWD /");
            bob.expect(212, "STAT tree/directory1");
            assertThat(DataClient.received(bob, "NLST tree")).isNotEmpty();
        } finally {
            leave();
        }
    }

    @ParameterizedTest
    @EnumSource(Greed.class)
    void keepsStreamsGoingWhileManyOfAnotherAccountCompute(Greed greed) throws Exception {
        long size = 1L << 40; // takes hours
        PatternFile.writeSparse(server.home().resolve("zeros"), size - 1, size);
        switch (greed) {
            case RETR_IN_TYPE_A -> writeText();
            case LIST_RECURSIVELY -> makeTree();
            case RETR_IN_MODE_Z, STOR_IN_MODE_Z, RETR_IN_PROT_P -> {}
        }
        try (ControlClient bob = ControlClient.login(server.address(), BOB);
                GreedySessions sessions = GreedySessions.begin(greed, server.address())) {
            long begun = System.nanoTime();
            assertThat(DataClient.received(bob, "LIST")).isNotEmpty();
            long listed = System.nanoTime();
            assertThat(DataClient.sent(bob, "STOR five", PatternFile.bytes(0, 5))
                            .code())
                    .isEqualTo(226);
            long stored = System.nanoTime();
            bob.expect(200, "MODE Z");
            assertThat(DataClient.received(bob, "RETR five")).isNotEmpty();

            assertThat(sessions.ended()).isZero();
            System.err.printf(
                    "%s: LIST %d ms, STOR %d ms%n", greed, (listed - begun) / 1_000_000, (stored - listed) / 1_000_000);
        }
    }

    private void writeText() throws IOException {
        byte[] text = new byte[LONGEST_TEXT];
        Arrays.fill(text, (byte) '\n');
        Files.write(server.home().resolve("text"), text);
    }

    /** A session takes a second or so for it alone. */
    private void makeTree() throws IOException {
        for (int i = 0; i < 20_000; i++) {
            Files.createDirectories(server.home().resolve("tree/" + i % 20 + "/" + i));
        }
    }

    private void logIn() throws IOException {
        for (int i = 0; i < SESSIONS; i++) {
            greedy.add(ControlClient.login(server.address(), Account.ALICE));
        }
    }

    /** With RST: what was sent before a FIN would be carried out. */
    private void leave() throws IOException {
        for (ControlClient one : greedy) {
            one.reset();
        }
    }
}
