package dev.zeroftpd.it.control;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one account makes the server compute doesn't keep another from its next command. */
class TurnsIT {

    private static final Account BOB = Account.ALICE.named("bob");

    /** As much as is counted for one command; of empty lines, which take longest. */
    private static final int LONGEST_TEXT = 64 * 1024 * 1024;

    private static final int SESSIONS = 100;

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
            for (int i = 0; i < SESSIONS; i++) {
                greedy.add(ControlClient.login(server.address(), Account.ALICE));
            }
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

    /** With RST: what was sent before a FIN would be carried out. */
    private void leave() throws IOException {
        for (ControlClient one : greedy) {
            one.reset();
        }
    }
}
