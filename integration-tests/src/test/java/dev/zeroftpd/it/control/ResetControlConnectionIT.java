package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that reset their control connection: nothing is wrong with the server, so its log has no errors. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResetControlConnectionIT {

    private static final int CLIENTS = 20;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> ServerKeystore.in(
            folder,
            ServerOptions.standard()
                    .with("listener.tls", "explicit")
                    .with("process.user", System.getProperty("user.name")))); // else a warning if it is root

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isNoErrorWhateverRepliesAreUnderWay(boolean encrypted) throws IOException {
        long before = server.descriptors();
        for (int commands : new int[] {0, 1, 300}) {
            for (int i = 0; i < CLIENTS; i++) {
                leave(encrypted, commands);
            }
        }
        await().until(() -> server.descriptors() <= before);

        assertThat(server.logText().lines())
                .noneMatch(line -> line.contains(" ERROR ") || line.contains(" WARN ") || line.contains("Exception"));
    }

    private void leave(boolean encrypted, int commands) throws IOException {
        try (ControlClient client = ControlClient.connect(server.address())) {
            if (encrypted) {
                client.expect(234, "AUTH TLS");
                client.protect();
            }
            client.expect(331, "USER " + Account.ALICE.name());
            client.expect(230, "PASS " + Account.ALICE.password());
            String[] lines = new String[commands];
            Arrays.fill(lines, "FEAT");
            if (commands > 0) {
                client.send(lines);
                client.expectReply(211);
            }
            client.reset();
        }
    }
}
