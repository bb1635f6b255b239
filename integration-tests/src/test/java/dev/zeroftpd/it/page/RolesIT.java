package dev.zeroftpd.it.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What each role sees and may do. */
class RolesIT {

    private static final Account BOB = Account.ALICE.named("bob").atHome("bob");

    @RegisterExtension
    private final RunningServer server = RunningServer.with(
                    ServerOptions.standard().with(BOB).with("admin.http", "127.0.0.1:0"))
            .prepared(RolesIT::putBobIntoATeam);

    private static void putBobIntoATeam(Path home) throws IOException {
        Files.writeString(
                home.resolveSibling("users.properties"),
                "\nftpserver.group.team.idletime=600\nftpserver.user.bob.groups=team\n",
                StandardOpenOption.APPEND);
    }

    private Browser browserOfTheTeam() throws IOException {
        await().ignoreExceptions()
                .until(() -> Browser.link(server, "admin:team").getFragment() != null);
        return Browser.signedIn(server, "admin:team");
    }

    @Test
    @Tag("attack")
    void aViewerChangesNothing() throws IOException {
        Browser viewer = Browser.signedIn(server, "viewer");
        try (ControlClient alice = ControlClient.login(server.address(), Account.ALICE)) {
            for (Map<String, ?> act : List.<Map<String, ?>>of(
                    Map.of("command", "kick", "user", "alice"),
                    Map.of("command", "ban", "address", "192.0.2.1"),
                    Map.of("command", "unban", "address", "192.0.2.1"),
                    Map.of("command", "disable", "user", "alice"),
                    Map.of("command", "enable", "user", "alice"))) {
                Browser.Answer answer = viewer.act(act);
                assertThat(answer.status()).as("%s", act).isEqualTo(403);
                assertThat(answer.json()).containsEntry("error", "role");
            }
            alice.expect(200, "NOOP");
        }
        ControlClient.login(server.address(), Account.ALICE).close();
        assertThat(server.logText()).doesNotContain("PAGE kick").doesNotContain("PAGE disable");
    }

    @Test
    @Tag("attack")
    void anAdministratorOfAGroupSeesAndEndsItsMembersOnly() throws IOException {
        Browser team = browserOfTheTeam();
        try (ControlClient alice = ControlClient.login(server.address(), Account.ALICE);
                ControlClient bob = ControlClient.login(server.address(), BOB);
                EventStream stream = team.stream()) {
            DataClient.sent(alice, "STOR of-alice", new byte[10]);
            DataClient.sent(bob, "STOR of-bob", new byte[10]);
            stream.name();
            Map<String, Object> totals = stream.next("totals").data();
            assertThat(totals).containsEntry("sessions", 1).doesNotContainKeys("logins", "bans", "before_login");

            assertThat(team.show(stream, "now", Map.of()).status()).isEqualTo(204);
            EventStream.Event sessions = stream.next("sessions");
            assertThat(sessions.data()).containsEntry("total", 1).containsEntry("matching", 1);
            assertThat(sessions.rows("rows")).extracting(row -> row.get("user")).containsExactly("bob");

            await().untilAsserted(
                            () -> assertThat(team.post("transfers", Map.of()).body())
                                    .contains("of-bob")
                                    .doesNotContain("alice"));
            assertThat(team.show(stream, "transfers", Map.of()).status()).isEqualTo(204);
            assertThat(stream.next("transfers").json()).contains("of-bob").doesNotContain("alice");
            DataClient.sent(alice, "STOR next-of-alice", new byte[10]);
            DataClient.sent(bob, "STOR next-of-bob", new byte[10]);
            assertThat(stream.next("transfers").json()).contains("next-of-bob").doesNotContain("alice");

            assertThat(team.show(stream, "accounts", Map.of()).status()).isEqualTo(204);
            assertThat(stream.next("accounts").rows("rows"))
                    .extracting(row -> row.get("user"))
                    .containsExactly("bob");

            for (String view : List.of("bans", "health", "log")) {
                assertThat(team.show(stream, view, Map.of()).status()).as(view).isEqualTo(403);
            }
            assertThat(team.get("api/history").status()).isEqualTo(403);

            String ofAlice = sessionOf("alice");
            for (Map<String, ?> act : List.<Map<String, ?>>of(
                    Map.of("command", "kick", "session", ofAlice),
                    Map.of("command", "kick", "session", ofAlice, "disable", true),
                    Map.of("command", "kick", "user", "alice"),
                    Map.of("command", "disable", "user", "alice"),
                    Map.of("command", "enable", "user", "alice"))) {
                assertThat(team.act(act).status()).as("%s", act).isEqualTo(409);
            }
            for (Map<String, ?> act : List.<Map<String, ?>>of(
                    Map.of("command", "ban", "address", "192.0.2.1"),
                    Map.of("command", "unban", "address", "192.0.2.1"),
                    Map.of("command", "kick", "user", "bob", "ban_seconds", 60))) {
                assertThat(team.act(act).status()).as("%s", act).isEqualTo(403);
            }
            assertThat(team.act(Map.of("command", "kick", "address", "127.0.0.0/8"))
                            .status())
                    .isEqualTo(200);
            bob.expectReply(421);
            alice.expect(200, "NOOP");
        }
    }

    /** As somebody who may see it finds it. */
    private String sessionOf(String user) throws IOException {
        Browser admin = Browser.signedIn(server, "admin");
        try (EventStream stream = admin.stream()) {
            admin.show(stream, "now", Map.of("filter", user));
            return String.valueOf(stream.next(event ->
                            event.name().equals("sessions") && event.json().contains(user))
                    .rows("rows")
                    .getFirst()
                    .get("session"));
        }
    }

    @Test
    void anAdministratorDisablesAndEnables() throws IOException {
        Browser admin = Browser.signedIn(server, "admin");
        try (ControlClient alice = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(admin.act(Map.of("command", "disable", "user", "alice")).status())
                    .isEqualTo(200);
            alice.expectReply(421);
        }
        try (ControlClient refused = ControlClient.connect(server.address())) {
            refused.expect(331, "USER alice");
            refused.expect(530, "PASS wonderland");
        }
        assertThat(admin.act(Map.of("command", "enable", "user", "alice")).status())
                .isEqualTo(200);
        ControlClient.login(server.address(), Account.ALICE).close();
        server.awaitLogLine(line -> line.contains("tester 127.0.0.1 PAGE disable user=alice"));
        server.awaitLogLine(line -> line.contains("tester 127.0.0.1 PAGE enable user=alice"));
        assertThat(admin.act(Map.of("command", "enable", "user", "nobody")).status())
                .isEqualTo(409);
    }
}
