package dev.zeroftpd.it.operating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code ftpd ban}, {@code unban} and {@code bans}: also of this machine, which no rule for guesses bans. */
class BanCommandIT {

    @RegisterExtension
    private final RunningServer server = RunningServer.standard();

    private void assertKeptOut() throws IOException {
        try (ControlClient client = ControlClient.connectUngreeted(server.address())) {
            assertThat(client.expectReply(421).text()).contains("may not connect");
            assertThat(client.isEndedByServer()).isTrue();
        }
    }

    @Test
    void endsTheSessionsOfARangeAndKeepsItOutAlsoAfterARestart() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE);
                ControlClient other = ControlClient.login(server.listener(Way.Family.IPV6), Account.ALICE)) {
            assertThat(Operator.ftpd(server, "ban", "127.0.0.0/8").expectExit(0).output())
                    .startsWith("Banned 127.0.0.0/8\nEnded session ");
            client.expectReply(421);
            assertThat(client.isEndedByServer()).isTrue();
            other.expect(200, "NOOP");
        }
        assertKeptOut();

        server.restart(ServerOptions.standard().with("ban.failures", "0"));

        assertKeptOut();
        assertThat(Operator.ftpd(server, "bans").expectExit(0).output())
                .isEqualTo(
                        "ADDRESS      BY        UNTIL  WHY\n127.0.0.0/8  operator  unban  for good by the operator\n");

        assertThat(Operator.ftpd(server, "unban", "127.0.0.1").expectExit(1).errors())
                .contains("127.0.0.1 is banned with all of 127.0.0.0/8: lift that");
        Operator.ftpd(server, "unban", "127.0.0.0/8").expectExit(0);
        server.awaitLogLine(line -> line.endsWith("Lifted the ban of 127.0.0.0/8 by the operator"));
        ControlClient.login(server.address(), Account.ALICE).close();
        Operator.ftpd(server, "unban", "127.0.0.0/8").expectExit(1);
    }

    @Test
    void listsForPrograms() throws IOException {
        Operator.ftpd(server, "ban", "2001:db8::/48", "--for", "7d").expectExit(0);
        assertThat(Operator.ftpd(server, "bans", "--json").expectExit(0).output())
                .matches(
                        "\\[\\{\"address\":\"2001:db8:0:0:0:0:0:0/48\",\"by\":\"operator\",\"until\":\"2[-0-9T:]+Z\",\"why\":\"for"
                            + " 10080 min by the operator\"}]\n");
        assertThat(Operator.ftpd(server, "unban", "--json", "2001:db8::/32")
                        .expectExit(0)
                        .output())
                .isEqualTo("[{\"address\":\"2001:db8:0:0:0:0:0:0/48\",\"kept\":true}]\n");
    }

    /** Its hash takes half a second to verify: the ban comes meanwhile. */
    @Test
    void tellsOfNoLogInThatTheClientNeverGot() throws IOException {
        Account slow = new Account(
                "slow", "$2b$13$abcdefghijklmnopqrstuuGgztVgBa6HM3kWxNtAyAgKonTKnmxda", "home", true, 0, 0, 0, 0);
        server.restart(ServerOptions.standard().with(slow));
        try (ControlClient client = ControlClient.connect(server.address())) {
            client.expect(331, "USER slow");
            client.send("PASS wonderland");
            banAtOnce();
            assertThat(client.expectReply(421).text()).contains("Ended by the administrator");
            assertThat(client.isEndedByServer()).isTrue();
        }
        server.awaitLogLine(
                line -> line.endsWith("- 127.0.0.1 LOGIN \"slow\" failed: the operator has banned the address"));
        assertThat(server.logText()).doesNotContain("slow 127.0.0.1 LOG");
    }

    /** What {@code ftpd ban} says, without the time that its start takes. */
    private void banAtOnce() throws IOException {
        try (SocketChannel operator = SocketChannel.open(UnixDomainSocketAddress.of(Operator.socket(server)))) {
            operator.write(StandardCharsets.UTF_8.encode("{\"command\":\"ban\",\"address\":\"127.0.0.1\"}\n"));
            assertThat(operator.read(ByteBuffer.allocate(1))).isOne();
        }
    }

    @Test
    void refusesWhatIsNoRange() throws IOException {
        assertThat(Operator.ftpd(server, "ban", "10.0.0").expectExit(2).errors())
                .contains("is no address");
        Operator.ftpd(server, "ban", "0.0.0.0/0").expectExit(2);
        Operator.ftpd(server, "ban", "10.0.0.1", "--for", "soon").expectExit(2);
        Operator.ftpd(server, "ban", "10.0.0.1", "--for", "0").expectExit(2);
    }
}
