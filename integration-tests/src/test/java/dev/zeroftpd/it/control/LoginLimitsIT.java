package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.EmbeddedServer;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Limits on sessions and logins: 530 for who may try again at once, 421 and the end for who should come later. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginLimitsIT {

    private static final Account ONCE = Account.ALICE.named("once").withLogins(1);
    private static final Account ONCE_FROM_HERE = Account.ALICE.named("here").withLoginsPerAddress(1);

    @RegisterExtension
    private final RunningServer server = RunningServer.with(
            ServerOptions.standard().with(ONCE).with(ONCE_FROM_HERE).with("limits.sessions-per-address", "3"));

    @Test
    void says530ToWrongPasswordsAnd421ToTheLastOne() throws IOException {
        try (ControlClient client = ControlClient.connect(server.address())) {
            Dialogue.hold(client, """
                USER alice => 331 .*
                PASS wrong => 530 .*
                USER nobody => 331 .*
                PASS wrong => 530 .*
                USER alice => 331 .*
                PASS wrong => 421 .*\
                """);
            assertThat(client.isEndedByServer()).isTrue();
        }
    }

    @Test
    void says421ToOneLoginOfAnAccountTooMany() throws IOException {
        oneLoginOnly(ONCE);
    }

    @Test
    void says421ToOneLoginFromAnAddressTooMany() throws IOException {
        oneLoginOnly(ONCE_FROM_HERE);
    }

    private void oneLoginOnly(Account account) throws IOException {
        try (ControlClient first = ControlClient.login(server.address(), account);
                ControlClient second = ControlClient.connect(server.address())) {
            second.expect(331, "USER " + account.name());
            assertThat(second.expect(421, "PASS " + account.password()).text()).contains("too many sessions");
            assertThat(second.isEndedByServer()).isTrue();

            first.expect(220, "REIN");
        }
        ControlClient.login(server.address(), account).close();
    }

    @Test
    void says421ToOneConnectionFromAnAddressTooMany() throws IOException {
        try (ControlClient one = ControlClient.connect(server.listener(Way.Family.IPV6));
                ControlClient two = ControlClient.connect(server.listener(Way.Family.IPV6));
                ControlClient three = ControlClient.connect(server.listener(Way.Family.IPV6));
                ControlClient four = ControlClient.connectUngreeted(server.listener(Way.Family.IPV6))) {
            assertThat(four.expectReply(421).text()).contains("from your address");
            assertThat(four.isEndedByServer()).isTrue();
            for (ControlClient admitted : new ControlClient[] {one, two, three}) {
                admitted.expect(200, "NOOP");
            }
        }
    }

    @Test
    void zeroMeansNoLimitOnAnonymousLoginsInAnEmbeddingToo(@TempDir Path home) throws Exception {
        try (EmbeddedServer embedded = embeddedWithAnonymousLimit(home, 0);
                ControlClient one = ControlClient.login(embedded.address(), ANONYMOUS);
                ControlClient two = ControlClient.login(embedded.address(), ANONYMOUS)) {
            one.expect(257, "PWD");
            two.expect(257, "PWD");
        }
    }

    @Test
    void says421ToOneAnonymousLoginTooMany(@TempDir Path home) throws Exception {
        try (EmbeddedServer embedded = embeddedWithAnonymousLimit(home, 1);
                ControlClient one = ControlClient.login(embedded.address(), ANONYMOUS);
                ControlClient two = ControlClient.connect(embedded.address())) {
            two.expect(421, "USER anonymous");
            one.expect(257, "PWD");
        }
    }

    private static final Account ANONYMOUS = Account.ALICE.named("anonymous");

    private static EmbeddedServer embeddedWithAnonymousLimit(Path home, int limit) throws Exception {
        ConnectionConfigFactory limits = new ConnectionConfigFactory();
        limits.setMaxAnonymousLogins(limit);
        return EmbeddedServer.start(
                ANONYMOUS, home.toString(), factory -> factory.setConnectionConfig(limits.createConnectionConfig()));
    }
}
