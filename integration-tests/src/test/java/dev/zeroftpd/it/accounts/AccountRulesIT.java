package dev.zeroftpd.it.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From where, until when and how an account can be used, and what edits do to sessions that run. */
class AccountRulesIT {

    private static final long SIZE = 64L << 20;

    private static final String ACCOUNTS = AccountsFile.account("elsewhere", "allow-from=192.0.2.0/24,2001:db8::/32")
            + AccountsFile.account("here", "allow-from=127.0.0.0/8")
            + AccountsFile.account("late", "expires=2020-01-31")
            + AccountsFile.account("secure", "tls=required")
            + AccountsFile.account("worker", "permissions=all")
            + AccountsFile.account("tidy", "permissions=list,rmdir")
            + AccountsFile.account("lodger", "permissions=read", "permissions./in=all")
            + AccountsFile.account("chief", "role=admin:staff", "permissions=all")
            + AccountsFile.account("clerk", "groups=staff", "permissions=all")
            + "ftpserver.group.staff.idletime=0\n";

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> AccountsFile.options(
            folder, ServerKeystore.in(folder, ServerOptions.standard()).with("listener.tls", "explicit"), ACCOUNTS));

    private ControlClient login(String name) throws IOException {
        return ControlClient.login(server.address(), AccountsFile.named(name));
    }

    @ParameterizedTest
    @CsvSource({"elsewhere, can't be used from this address", "late, has expired", "secure, needs TLS"})
    void refusesTheRightPasswordAsItRefusesAWrongOne(String name, String reason) throws IOException {
        try (ControlClient client = ControlClient.connect(server.address())) {
            client.expect(331, "USER " + name);
            Reply right = client.command("PASS secret");
            client.expect(331, "USER " + name);
            Reply wrong = client.command("PASS wrong");

            assertThat(right.code()).isEqualTo(530);
            assertThat(right.text()).isEqualTo(wrong.text());
        }
        server.awaitLogLine(line -> line.contains("\"" + name + "\" failed") && line.contains(reason));
    }

    @Test
    void letsInWhatTheRulesAllow() throws IOException {
        login("here").close();
        try (ControlClient client = ControlClient.connect(server.address())) {
            client.expect(234, "AUTH TLS");
            client.protect();
            client.logIn(AccountsFile.named("secure"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "enableflag=false, can't be used any more, the account was disabled",
        "allow-from=192.0.2.0/24, can't be used from this address, the account can't be used from its address any more",
        "tls=required, needs TLS now, the account needs TLS now",
        "expires=2020-01-31, can't be used any more, the account expired"
    })
    void endsSessionsOfAnAccountThatMayNotBeUsedSoWith426Then421(String edit, String told, String why)
            throws IOException {
        PatternFile.write(server.home().resolve("file"), SIZE);
        try (ControlClient client = login("worker");
                ControlClient other = login("here");
                DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "RETR file");
            PatternFile.assertNext(data.input(), 0, 1000);

            AccountsFile.edit(server, AccountsFile.account("worker"), AccountsFile.account("worker", edit));

            client.expectReply(426);
            assertThat(client.expectReply(421).text()).contains(told);
            assertThat(client.isEndedByServer()).isTrue();
            other.expect(200, "NOOP");
        }
        server.awaitLogLine(line -> line.contains("KICK because " + why));
    }

    @Test
    void keepsSessionsThatTheEditedRulesAllow() throws IOException {
        Files.writeString(server.home().resolve("file"), "content");
        try (ControlClient client = ControlClient.connect(server.address());
                ControlClient clear = login("worker")) {
            client.expect(234, "AUTH TLS");
            client.protect();
            client.logIn(AccountsFile.named("worker"));

            AccountsFile.edit(
                    server,
                    AccountsFile.account("worker"),
                    AccountsFile.account("worker", "tls=required", "allow-from=127.0.0.0/8"));

            clear.expectReply(421);
            client.expect(213, "SIZE file");
        }
    }

    @Test
    void endsSessionsOfAnAccountThatIsRemovedWith426Then421() throws IOException {
        PatternFile.write(server.home().resolve("file"), SIZE);
        try (ControlClient client = login("worker");
                ControlClient idle = login("worker");
                DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "RETR file");
            PatternFile.assertNext(data.input(), 0, 1000);

            AccountsFile.edit(server, AccountsFile.account("worker", "permissions=all"), "");

            client.expectReply(426);
            client.expectReply(421);
            assertThat(client.isEndedByServer()).isTrue();
            idle.expectReply(421);
            assertThat(idle.isEndedByServer()).isTrue();
        }
        server.awaitLogLine(line -> line.contains("KICK because the account was removed"));
    }

    @Test
    void endsSessionsWhenTheirAccountExpiresWithoutAnEdit() throws IOException {
        PatternFile.write(server.home().resolve("file"), SIZE);
        Instant soon = Instant.now().plusSeconds(8).truncatedTo(ChronoUnit.SECONDS);
        AccountsFile.edit(server, AccountsFile.account("worker"), AccountsFile.account("worker", "expires=" + soon));
        server.awaitLogLine(line -> line.contains("Using 9 accounts"));
        try (ControlClient client = login("worker");
                ControlClient idle = login("worker");
                DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "RETR file");
            PatternFile.assertNext(data.input(), 0, 1000);
            client.expectReply(426);
            client.expectReply(421);
            assertThat(client.isEndedByServer()).isTrue();
            idle.expectReply(421);
            assertThat(idle.isEndedByServer()).isTrue();
            assertThat(Instant.now()).isAfterOrEqualTo(soon);
        }
        server.awaitLogLine(line -> line.contains("KICK because the account expired"));
    }

    /** What it may not say in clear it may not send in clear. */
    @Test
    @Tag("attack")
    void transfersNothingInClearOfAnAccountThatNeedsTls() throws IOException {
        Files.writeString(server.home().resolve("file"), "content");
        try (ControlClient client = ControlClient.connect(server.address());
                ControlClient edited = ControlClient.connect(server.address())) {
            client.expect(234, "AUTH TLS");
            client.protect();
            client.expect(200, "PBSZ 0");
            client.expect(200, "PROT C");
            client.logIn(AccountsFile.named("secure"));
            refusesInClear(client);

            edited.expect(234, "AUTH TLS");
            edited.protect();
            edited.logIn(AccountsFile.named("worker"));
            assertThat(DataClient.received(edited, "RETR file")).hasSize(7);
            AccountsFile.edit(server, AccountsFile.account("worker"), AccountsFile.account("worker", "tls=required"));
            server.awaitLogLine(line -> line.contains("Using 9 accounts"));
            edited.expect(200, "PBSZ 0");
            await().until(() -> edited.command("PROT C").code() == 534);
            refusesInClear(edited);
        }
        assertThat(server.home().resolve("new")).doesNotExist();
    }

    private static void refusesInClear(ControlClient client) throws IOException {
        client.extendedPassive();
        assertThat(client.expect(522, "RETR file").text()).contains("send PROT P");
        client.expect(522, "LIST");
        client.expect(522, "STOR new");
        client.expect(534, "PROT C");
        client.expect(522, "MLSD");
    }

    @Test
    void changedPermissionsHoldFromTheNextCommand() throws IOException {
        Files.writeString(server.home().resolve("file"), "content");
        try (ControlClient client = login("worker")) {
            client.expect(350, "RNFR file");
            assertThat(DataClient.received(client, "MLSD")).asString().contains("perm=adfrw;");

            AccountsFile.edit(server, "worker.permissions=all", "worker.permissions=list");

            await().until(() -> client.command("RNFR file").code() == 550);
            client.extendedPassive();
            client.expect(550, "RETR file");
            assertThat(DataClient.received(client, "MLSD")).asString().contains("perm=;");

            AccountsFile.edit(server, "worker.permissions=list", "worker.permissions=list,delete");

            await().until(() -> client.command("DELE file").code() == 250);
        }
    }

    /** The paths of its permissions are of the new home. */
    @Test
    void endsSessionsOfAnAccountThatGetsAnotherHome() throws IOException {
        Files.createDirectory(server.folder().resolve("other"));
        try (ControlClient client = login("worker");
                ControlClient here = login("here")) {
            AccountsFile.edit(
                    server,
                    "worker.homedirectory=home\nftpserver.user.worker.permissions=all",
                    "worker.homedirectory=other\nftpserver.user.worker.permissions=read");

            assertThat(client.expectReply(421).text()).contains("another home");
            assertThat(client.isEndedByServer()).isTrue();
            here.expect(200, "NOOP");
        }
        server.awaitLogLine(line -> line.contains("KICK because the account has another home"));
    }

    @Test
    void removesLinksOnlyWhereItMayDelete() throws IOException {
        Files.writeString(server.home().resolve("file"), "content");
        Files.createDirectory(server.home().resolve("empty"));
        Files.createSymbolicLink(server.home().resolve("toFile"), Path.of("file"));
        Files.createSymbolicLink(server.home().resolve("toEmpty"), Path.of("empty"));
        try (ControlClient tidy = login("tidy");
                ControlClient worker = login("worker")) {
            tidy.expect(550, "RMD toFile");
            tidy.expect(550, "RMD toEmpty");
            tidy.expect(250, "RMD empty");
            worker.expect(250, "RMD toFile");
            worker.expect(250, "RMD toEmpty");
        }
    }

    @Test
    void changesTheUmaskOnlyWhereItMayChangeModesEverywhere() throws IOException {
        Files.createDirectory(server.home().resolve("in"));
        try (ControlClient lodger = login("lodger")) {
            lodger.expect(250, "CWD in");
            lodger.expect(550, "SITE UMASK 077");
            lodger.expect(200, "SITE UMASK");
        }
    }

    @Test
    void anAdministratorOfAGroupSeesAndEndsOnlyItsSessions() throws IOException {
        try (ControlClient chief = login("chief");
                ControlClient clerk = login("clerk");
                ControlClient worker = login("worker")) {
            assertThat(chief.expect(200, "SITE WHO").text())
                    .contains("Sessions: 1")
                    .contains("clerk")
                    .doesNotContain("worker")
                    .doesNotContain("chief");
            chief.expect(550, "SITE KICK worker");
            chief.expect(200, "SITE KICK clerk");
            clerk.expectReply(421);
            worker.expect(200, "NOOP");
            worker.expect(550, "SITE WHO");
            assertThat(chief.command("SITE STAT").code()).isGreaterThanOrEqualTo(500);
        }
    }
}
