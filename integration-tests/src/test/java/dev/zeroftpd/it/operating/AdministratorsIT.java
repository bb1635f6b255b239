package dev.zeroftpd.it.operating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** SITE WHO and SITE KICK: what administrators see and do from an FTP client. */
class AdministratorsIT {

    private static final long SIZE = 64L << 20;

    private static final Account CHIEF = Account.ALICE.named("chief").asAdministrator();

    @RegisterExtension
    private final RunningServer server =
            RunningServer.with(ServerOptions.standard().with(CHIEF));

    private String id(ControlClient of) throws IOException {
        assertThat(of.command("NOOP").code()).isEqualTo(200);
        return Operator.who(server).stream()
                .filter(session -> "alice".equals(session.get("user")))
                .map(session -> String.valueOf(session.get("session")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void siteWhoTellsWhatWhoTells() throws IOException {
        PatternFile.write(server.home().resolve("file"), SIZE);
        try (ControlClient chief = ControlClient.login(server.address(), CHIEF);
                ControlClient stranger = ControlClient.connect(server.listener(Way.Family.IPV6));
                ControlClient client = ControlClient.login(server.address(), Account.ALICE);
                DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "RETR file");
            PatternFile.assertNext(data.input(), 0, 1000);

            String text = chief.expect(200, "SITE WHO").text();

            assertThat(text)
                    .contains("Sessions: 3", " chief 127.0.0.1 since ", ", in clear, idle 0 s, in \"/\"")
                    .containsPattern("alice 127\\.0\\.0\\.1 since .*, RETR \"/file\" \\d+ of " + SIZE
                            + " bytes, \\d+ bytes/s, zero-copy")
                    .contains(" - 0:0:0:0:0:0:0:1 since ");
            stranger.expect(331, "USER alice");
        }
    }

    @Test
    void siteKickEndsASessionAndItsTransfer() throws IOException {
        PatternFile.write(server.home().resolve("file"), SIZE);
        try (ControlClient chief = ControlClient.login(server.address(), CHIEF);
                ControlClient client = ControlClient.login(server.address(), Account.ALICE);
                DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "RETR file");
            PatternFile.assertNext(data.input(), 0, 1000);
            assertThat(chief.expect(200, "SITE KICK alice").text()).contains("Ended 1 session.");
            client.expectReply(426);
            assertThat(client.expectReply(421).text()).contains("Ended by the administrator");
            assertThat(client.isEndedByServer()).isTrue();
            server.awaitLogLine(line -> line.endsWith("alice 127.0.0.1 KICK by chief, with SITE KICK"));
        }
    }

    @Test
    void siteKickEndsOneSessionByItsName() throws IOException {
        try (ControlClient chief = ControlClient.login(server.address(), CHIEF);
                ControlClient first = ControlClient.login(server.address(), Account.ALICE);
                ControlClient second = ControlClient.login(server.address(), Account.ALICE)) {
            chief.expect(200, "SITE KICK " + id(first));
            first.expectReply(421);
            second.expect(200, "NOOP");
            chief.expect(550, "SITE KICK nobody");
            chief.expect(501, "SITE KICK");
        }
    }

    @Test
    void areForAdministratorsOnly() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE);
                ControlClient other = ControlClient.login(server.address(), Account.ALICE)) {
            client.expect(550, "SITE WHO");
            client.expect(550, "SITE KICK alice");
            other.expect(200, "NOOP");
        }
    }
}
