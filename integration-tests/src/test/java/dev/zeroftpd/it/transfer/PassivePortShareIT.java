package dev.zeroftpd.it.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.FreePorts;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that listens on passive ports and never uses them: others get theirs all the same. */
@Tag("attack")
class PassivePortShareIT {

    private static final int PORTS = 8;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> ServerOptions.standard()
            .with("passive.ports", FreePorts.range(PORTS))
            .with("transfer.connect-timeout", "1s"));

    private final List<ControlClient> greedy = new ArrayList<>();

    @BeforeEach
    void listenOnAllPorts() throws IOException {
        for (int i = 0; i < 2 * PORTS; i++) {
            ControlClient client = ControlClient.login(server.address(), Account.ALICE);
            greedy.add(client);
            client.command("EPSV");
        }
    }

    @AfterEach
    void leave() throws IOException {
        for (ControlClient client : greedy) {
            client.close();
        }
    }

    @Test
    void anotherAddressGetsAPort() throws IOException {
        try (ControlClient other = ControlClient.connectFrom(InetAddress.getByName("127.0.0.2"), server.address())) {
            other.logIn(Account.ALICE);
            other.expect(229, "EPSV");
        }
    }

    @Test
    void aPortThatIsNotUsedInTimeIsGivenToOthers() throws IOException {
        try (ControlClient late = ControlClient.login(server.address(), Account.ALICE)) {
            await().until(() -> late.command("EPSV").code() == 229);
        }

        Reply lost = greedy.getFirst().command("STOR file");
        assertThat(lost.code()).isEqualTo(425);
    }
}
