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
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code ftpd kick} ends the sessions that it names, and no others. */
class KickIT {

    private static final long SIZE = 64L << 20;

    private static final Account BOB = Account.ALICE.named("bob").atHome("bob");

    @RegisterExtension
    private final RunningServer server =
            RunningServer.with(ServerOptions.standard().with(BOB));

    private static void assertEnded(ControlClient client) throws IOException {
        assertThat(client.expectReply(421).text()).contains("Ended by the administrator");
        assertThat(client.isEndedByServer()).isTrue();
    }

    private static void assertGoesOn(ControlClient client) throws IOException {
        client.expect(200, "NOOP");
    }

    @Test
    void endsAnAccountsSessionsAtEveryListener() throws IOException {
        try (ControlClient four = ControlClient.login(server.address(), Account.ALICE);
                ControlClient six = ControlClient.login(server.listener(Way.Family.IPV6), Account.ALICE);
                ControlClient other = ControlClient.login(server.address(), BOB)) {
            assertThat(Operator.ftpd(server, "kick", "--user", "alice")
                            .expectExit(0)
                            .output()
                            .lines())
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("Ended session ") && line.contains(" of alice from "));
            assertEnded(four);
            assertEnded(six);
            assertGoesOn(other);
            server.awaitLogLine(line -> line.contains("alice 127.0.0.1 KICK by the operator"));
        }
        ControlClient.login(server.address(), Account.ALICE).close();
    }

    @Test
    void endsADownloadWith426Then421() throws IOException {
        PatternFile.write(server.home().resolve("file"), SIZE);
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE);
                DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "RETR file");
            PatternFile.assertNext(data.input(), 0, 1000);

            Operator.ftpd(server, "kick", "--user", "alice").expectExit(0);

            assertThat(client.expectReply(426).text()).contains("Ended by the administrator after ");
            assertEnded(client);
            assertThat(data.endsAsComplete()).isFalse();
        }
        server.awaitLogLine(line -> line.contains("aborted: kicked"));
    }

    @Test
    void keepsWhatAnUploadHasSentForItsAccount() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE);
                DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "STOR file");
            data.output().write(new byte[1000]);
            client.send("STAT");
            client.expectReply(211);
            Operator.ftpd(server, "kick", "--address", "127.0.0.0/8").expectExit(0);
            client.expectReply(426);
            assertEnded(client);
        }
        assertThat(server.home().resolve("file")).doesNotExist();
    }

    @Test
    void endsOneSession() throws IOException {
        try (ControlClient first = ControlClient.login(server.address(), Account.ALICE);
                ControlClient second = ControlClient.login(server.address(), Account.ALICE)) {
            String id = String.valueOf(Operator.who(server).get(1).get("session"));
            Operator.ftpd(server, "kick", "--session", id).expectExit(0);
            assertEnded(second);
            assertGoesOn(first);
            assertThat(Operator.ftpd(server, "kick", "--session", id)
                            .expectExit(1)
                            .errors())
                    .isEqualTo("error: there is no such session; \"ftpd who\" lists them\n");
        }
    }

    @Test
    void bansWhereTheSessionsCameFrom() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            Operator.ftpd(server, "kick", "--user", "alice", "--ban", "1h").expectExit(0);
            assertEnded(client);
        }
        try (ControlClient again = ControlClient.connectUngreeted(server.address())) {
            assertThat(again.expectReply(421).text()).contains("may not connect");
        }
        ControlClient.login(server.listener(Way.Family.IPV6), Account.ALICE).close();
    }

    @Test
    void disablesAccounts() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            Operator.ftpd(server, "kick", "--user", "alice", "--disable").expectExit(0);
            assertEnded(client);
        }
        try (ControlClient again = ControlClient.connect(server.address())) {
            again.expect(331, "USER alice");
            again.expect(530, "PASS wonderland");
        }
        assertThat(Files.readString(server.folder().resolve("users.properties")))
                .contains("ftpserver.user.alice.enableflag=false");
        Operator.ftpd(server, "kick", "--user", "carol", "--disable").expectExit(1);
    }

    @Test
    void wantsToKnowWhichSessions() throws IOException {
        Operator.ftpd(server, "kick").expectExit(2);
        Operator.ftpd(server, "kick", "--user", "alice", "--session", "1").expectExit(2);
        Operator.ftpd(server, "kick", "--address", "example.org").expectExit(2);
    }

    @Test
    void aBanEndsTheOtherSessionsOfTheAddressToo() throws IOException {
        try (ControlClient first = ControlClient.login(server.address(), Account.ALICE);
                ControlClient second = ControlClient.login(server.address(), BOB)) {
            String id = String.valueOf(Operator.who(server).getFirst().get("session"));
            assertThat(Operator.ftpd(server, "kick", "--session", id, "--ban", "1h")
                            .expectExit(0)
                            .output())
                    .startsWith("Banned 127.0.0.1 for 1h\nEnded session ");
            assertEnded(first);
            assertEnded(second);
        }
    }

    @Test
    void doesAllOrNothing() throws IOException {
        Path accounts = server.folder().resolve("users.properties");
        try (ControlClient alice = ControlClient.login(server.address(), Account.ALICE);
                ControlClient bob = ControlClient.login(server.address(), BOB)) {
            String before = Files.readString(accounts);
            Operator.ftpd(server, "kick", "--user", "alice", "--disable", "--ban", "0")
                    .expectExit(2);
            Operator.ftpd(server, "kick", "--address", "0.0.0.0/0", "--disable", "--ban", "1h")
                    .expectExit(2);
            assertThat(Files.readString(accounts)).isEqualTo(before);

            String wrong = before + "nonsense=1\n";
            Files.writeString(accounts, wrong);
            assertThat(Operator.ftpd(server, "kick", "--address", "127.0.0.0/8", "--disable")
                            .expectExit(1)
                            .errors())
                    .contains("nothing was done", "unknown key nonsense");
            assertThat(Files.readString(accounts)).isEqualTo(wrong);
            assertGoesOn(alice);
            assertGoesOn(bob);
        }
    }
}
