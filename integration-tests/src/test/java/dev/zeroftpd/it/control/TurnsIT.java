package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one account makes the server compute doesn't keep another from its next command. */
@Tag("attack")
class TurnsIT {

    private static final Account BOB = Account.ALICE.named("bob");

    /** As much as is counted for one command; of empty lines, which take longest. */
    private static final int LONGEST_TEXT = 64 * 1024 * 1024;

    private static final int SESSIONS = 200;

    @RegisterExtension
    private final RunningServer server =
            RunningServer.with(ServerOptions.standard().with(BOB));

    private final List<ControlClient> greedy = new ArrayList<>();

    @Test
    void countsTextsWithoutHoldingUpTheCommandsOfOthers() throws IOException {
        byte[] text = new byte[LONGEST_TEXT];
        Arrays.fill(text, (byte) '\n');
        Files.write(server.home().resolve("text"), text);
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

    /** Zeros become so few bytes that no transfer ever waits for its client. */
    @Test
    void keepsStreamsGoingWhileManyOfAnotherAccountCompute() throws IOException {
        long size = 1L << 40; // takes hours
        PatternFile.writeSparse(server.home().resolve("zeros"), size - 1, size);
        List<DataClient> downloads = new ArrayList<>();
        try (ControlClient bob = ControlClient.login(server.address(), BOB)) {
            logIn();
            for (ControlClient one : greedy) {
                one.expect(200, "MODE Z");
                InetSocketAddress passive = one.extendedPassive();
                one.send("RETR zeros");
                downloads.add(DataClient.connect(passive));
            }
            for (ControlClient one : greedy) {
                one.expectReply(150);
            }

            assertThat(DataClient.received(bob, "LIST")).isNotEmpty();
            assertThat(DataClient.sent(bob, "STOR five", PatternFile.bytes(0, 5))
                            .code())
                    .isEqualTo(226);
            bob.expect(200, "MODE Z");
            assertThat(DataClient.received(bob, "RETR five")).isNotEmpty();
        } finally {
            for (DataClient one : downloads) {
                one.reset();
            }
            leave();
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
