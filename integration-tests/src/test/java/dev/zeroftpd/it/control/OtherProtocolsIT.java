package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.RunningServer;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of other protocols, such as a browser that a hostile page sends here: FTP commands in their bodies never run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("attack")
class OtherProtocolsIT {

    @RegisterExtension
    private final RunningServer server = RunningServer.standard();

    @ParameterizedTest
    @ValueSource(strings = {"POST / HTTP/1.1", "get / HTTP/1.0", "OPTIONS * HTTP/1.1", "EHLO mail.example", "HELO x"})
    void theFirstLineOfAnotherProtocolEndsTheSession(String line) throws IOException {
        try (ControlClient client = ControlClient.connect(server.address())) {
            client.send(line, "USER alice", "PASS wonderland", "MKD made-by-" + line.charAt(0));
            client.expectReply(421);
            assertThat(client.isEndedByServer()).isTrue();
        }
        try (ControlClient alice = ControlClient.login(server.address(), Account.ALICE)) {
            alice.expect(550, "MLST made-by-" + line.charAt(0));
        }
    }

    @Test
    void strangersMaySendFewLinesThatAreNoCommands() throws IOException {
        try (ControlClient client = ControlClient.connect(server.address())) {
            for (int i = 1; i < 10; i++) {
                client.expect(500, i % 2 == 0 ? "Accept: nothing" : "");
            }
            client.expect(421, "X-Header: again");
            assertThat(client.isEndedByServer()).isTrue();
        }
    }

    @Test
    void whoIsLoggedInMayGoOn() throws IOException {
        try (ControlClient alice = ControlClient.login(server.address(), Account.ALICE)) {
            for (int i = 0; i < 20; i++) {
                alice.expect(500, "GET / HTTP/1.1");
            }
            alice.expect(257, "PWD");
        }
    }
}
