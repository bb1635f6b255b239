package dev.zeroftpd.it.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Control connections behind a balancer: all that asks for the client's address gets the header's. */
class ProxyProtocolIT {

    private static final int FAILURES = 3;
    private static final int MOST = 2;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> ServerKeystore.in(
            folder,
            Balancer.server()
                    .with("listener.tls", "explicit")
                    .with("listener.six.tls", "off")
                    .with("listener.implicit.port", "0")
                    .with("listener.implicit.tls", "implicit")
                    .with("limits.sessions-per-address", Integer.toString(MOST))
                    .with("ban.failures", FAILURES + "/10m")
                    .with(Account.ALICE.named("office"))
                    .withUserLines("ftpserver.user.office.allow-from=203.0.113.5")));

    private ControlClient connect(String from) throws IOException {
        return Balancer.connect(server.address(), from);
    }

    @Test
    void anyBalancerMayUseEitherVersion() throws IOException {
        for (byte[] header : List.of(
                Balancer.line(Balancer.CLIENT),
                "PROXY TCP6 2001:db8::5 2001:db8::1 1 21\r\n".getBytes(StandardCharsets.US_ASCII),
                Balancer.block(Balancer.CLIENT),
                Balancer.block("2001:db8::5"),
                Balancer.block(Balancer.CLIENT, Balancer.FRONT, new byte[] {4, 0, 1, 0}))) {
            try (ControlClient client = Balancer.say(server.address(), header)) {
                client.expectReply(220);
                client.logIn(Account.ALICE);
            }
        }
    }

    @Test
    void commandsMayComeWithTheHeader() throws IOException {
        byte[] commands = "USER alice\r\nPASS wonderland\r\n".getBytes(StandardCharsets.US_ASCII);
        try (ControlClient client =
                Balancer.say(server.address(), Balancer.both(Balancer.block(Balancer.CLIENT), commands))) {
            client.expectReply(220);
            client.expectReply(331);
            client.expectReply(230);
        }
    }

    @Test
    void operatorsAndTheLogSeeTheClient() throws IOException {
        try (ControlClient four = Balancer.login(server.address(), Balancer.CLIENT);
                ControlClient six = Balancer.login(server.listener(Way.Family.IPV6), "2001:db8::5")) {
            assertThat(Operator.who(server))
                    .extracting(session -> session.get("address"))
                    .containsExactlyInAnyOrder(Balancer.CLIENT, "2001:db8:0:0:0:0:0:5");
            assertThat(server.awaitLogLine(line -> line.contains("LOGIN") && line.contains(Balancer.CLIENT)))
                    .contains("alice");
            assertThat(Operator.ftpd(server, "kick", "--address", Balancer.CLIENT)
                            .exitCode())
                    .isZero();
            four.expectReply(421);
            six.expect(200, "NOOP");
        }
        assertThat(server.logText()).doesNotContain(" 127.0.0.1 ");
    }

    @Test
    void theDoctorDialsNoBalancer() throws IOException {
        assertThat(Operator.ftpd(server, "doctor").output())
                .contains("the balancer must forward")
                .doesNotContain("arrive");
    }

    @Test
    void limitsCountTheClientsNotTheBalancer() throws IOException {
        List<ControlClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < MOST; i++) {
                clients.add(connect(Balancer.CLIENT));
            }
            try (ControlClient tooMany = Balancer.say(server.address(), Balancer.block(Balancer.CLIENT))) {
                tooMany.expectReply(421);
            }
            clients.add(connect(Balancer.OTHER));
        } finally {
            for (ControlClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void bansMeetTheClientNotTheBalancer() throws IOException {
        for (int i = 0; i < FAILURES; i++) {
            try (ControlClient guesser = connect(Balancer.CLIENT)) {
                guesser.expect(331, "USER alice");
                assertThat(guesser.command("PASS guess" + i).code()).isIn(421, 530);
            }
        }
        await().until(() -> {
            try (ControlClient banned = Balancer.say(server.address(), Balancer.block(Balancer.CLIENT))) {
                return banned.reply().code() == 421 && banned.isEndedByServer();
            }
        });
        assertThat(Operator.ftpd(server, "bans").output())
                .contains(Balancer.CLIENT)
                .doesNotContain("127.0.0.1");
        Balancer.login(server.address(), Balancer.OTHER).close();
    }

    @Test
    void anAccountMayBeBoundToTheClientsAddress() throws IOException {
        try (ControlClient office = connect(Balancer.CLIENT);
                ControlClient elsewhere = connect(Balancer.OTHER)) {
            office.logIn(Account.ALICE.named("office"));
            elsewhere.expect(331, "USER office");
            elsewhere.expect(530, "PASS wonderland");
        }
    }

    @Test
    void tlsBeginsBehindTheHeader() throws IOException {
        InetSocketAddress implicit = server.listeners().stream()
                .filter(each -> !each.equals(server.address()) && Way.Family.IPV4.includes(each.getAddress()))
                .findFirst()
                .orElseThrow();
        try (ControlClient explicitly = connect(Balancer.CLIENT);
                ControlClient implicitly = Balancer.say(implicit, Balancer.line(Balancer.OTHER))) {
            explicitly.expect(234, "AUTH TLS");
            explicitly.protect();
            explicitly.logIn(Account.ALICE);
            implicitly.protect();
            implicitly.expectReply(220);
            implicitly.logIn(Account.ALICE);
            assertThat(Operator.who(server))
                    .allSatisfy(session -> assertThat(session).containsEntry("tls", true));
            assertThat(Operator.who(server))
                    .extracting(session -> session.get("address"))
                    .containsExactlyInAnyOrder(Balancer.CLIENT, Balancer.OTHER);
        }
    }

    /** LOCAL, UNKNOWN, and a connection that says nothing: a balancer looks often, and the log is for something else. */
    @Test
    void aBalancerThatLooksIsAnsweredButNeverLoggedIn() throws IOException {
        String before = server.logText();
        for (byte[] header : List.of(
                Balancer.local(),
                Balancer.block(1, 0, new byte[0]),
                Balancer.block(1, 0x31, new byte[216]),
                "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII))) {
            try (ControlClient check = Balancer.say(server.address(), header)) {
                check.expectReply(220);
                assertThat(check.isEndedByServer()).isTrue();
            }
        }
        ControlClient.connectUngreeted(server.address()).close();
        ControlClient.connectUngreeted(server.address()).reset();
        Balancer.login(server.address(), Balancer.CLIENT).close();

        server.awaitLogLine(line -> line.contains("LOGOUT"));
        assertThat(server.logText().substring(before.length()).lines())
                .allMatch(line -> line.contains(Balancer.CLIENT));
    }

    @Test
    @Tag("attack")
    void aHeaderMayComeByteByByte() throws IOException {
        for (byte[] header : List.of(Balancer.line(Balancer.CLIENT), Balancer.block(Balancer.CLIENT))) {
            try (ControlClient client = ControlClient.connectUngreeted(server.address())) {
                for (byte each : header) {
                    client.sendBytes(new byte[] {each});
                }
                client.expectReply(220);
                client.expect(331, "USER alice");
            }
        }
    }
}
