package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** USER, PASS, REIN, HOST and what is answered before a login (RFC 959, section 4.1.1; RFC 7151). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginIT {

    private static final String TEXT = "The quick brown fox jumps over the lazy dog";

    /** Any password does. */
    private static final Account ANONYMOUS = new Account("anonymous", "guest@example.org", "home", false, 0, 0, 0, 0);

    private static final List<String> NEED_A_LOGIN = List.of(
            "ALLO 1",
            "APPE x",
            "AVBL",
            "CDUP",
            "CWD /",
            "DELE fox",
            "EPRT |1|127.0.0.1|51201|",
            "EPSV",
            "HASH fox",
            "LIST",
            "MDTM fox",
            "MFF Modify=20200101000000; fox",
            "MFMT 20200101000000 fox",
            "MKD x",
            "MLSD",
            "MLST",
            "MODE S",
            "NLST",
            "PASV",
            "PORT 127,0,0,1,200,1",
            "PWD",
            "RANG 0 1",
            "REST 1",
            "RETR fox",
            "RMD folder",
            "RNFR fox",
            "RNTO x",
            "SITE HELP",
            "SIZE fox",
            "STAT",
            "STOR x",
            "STOU",
            "STRU F",
            "TYPE I",
            "XCRC fox",
            "XPWD");

    @RegisterExtension
    private final RunningServer server =
            RunningServer.with(ServerOptions.standard().with(new Account("anonymous", "", "home", false, 0, 0, 0, 0)));

    @BeforeAll
    void writeFiles() throws IOException {
        Files.writeString(server.home().resolve("fox"), TEXT);
        Files.createDirectory(server.home().resolve("folder"));
    }

    /** 530 is none of the replies that RFC 959, section 5.4, has for it. */
    @Test
    void hasNothingToAbortBeforeLogin() throws IOException {
        Dialogue.beforeLogin(server, "ABOR => 226 .*");
    }

    @Test
    void takesAHostNameBeforeUserOnly() throws IOException {
        Dialogue.beforeLogin(server, """
            HOST ftp.example.org => 220 .*
            HOST [2001:db8::1]   => 220 .*
            HOST 192.0.2.1       => 220 .*
            HOST                 => 501 .*
            HOST a b             => 501 .*
            HOST 2001:db8::1     => 501 .*
            HOST gr\u00fcn.example => 501 .*
            USER alice           => 331 .*
            HOST ftp.example.org => 503 .*
            PASS wonderland      => 230 .*
            HOST ftp.example.org => 503 .*
            REIN                 => 220 .*
            HOST ftp.example.org => 220 .*\
            """);
    }

    @Test
    void logsInOnceAndAnewWithUser() throws IOException {
        Dialogue.beforeLogin(server, """
            PASS wonderland => 503 .*
            USER            => 501 .*
            USER alice      => 331 .*
            PASS wonderland => 230 .*
            PASS wonderland => 202 .*
            PASS            => 202 .*
            TYPE I          => 200 .*
            CWD folder      => 250 .*
            USER alice      => 331 .*
            PWD             => 530 .*
            PASS wonderland => 230 .*
            PWD             => 257 "/" .*
            STAT            => 211-.*Type image.*
            USER nobody     => 331 .*
            PASS wonderland => 530 .*
            PWD             => 530 .*
            PASS wonderland => 503 .*\
            """);
    }

    @Test
    void reinForgetsANameWithoutItsPassword() throws IOException {
        Dialogue.beforeLogin(server, """
            USER alice      => 331 .*
            REIN            => 220 .*
            PASS wonderland => 503 .*\
            """);
    }

    @Test
    void reinPutsEverythingBack() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            Dialogue.hold(client, """
                TYPE I         => 200 .*
                MODE Z         => 200 .*
                OPTS HASH MD5  => 200 .*
                OPTS MLST size; => 200 .*
                REST 7         => 350 .*
                RNFR fox       => 350 .*
                CWD folder     => 250 .*
                EPSV ALL       => 200 .*
                EPSV           => 229 .*
                REIN           => 220 .*
                PWD            => 530 .*
                PASS wonderland => 503 .*
                FEAT           => .* HASH SHA-256\\*;.*
                FEAT           => .* MLST type\\*;size\\*.*
                USER alice     => 331 .*
                PASS wonderland => 230 .*
                PWD            => 257 "/" .*
                RNTO other     => 503 .*
                STAT           => 211-.*Type ASCII, structure file, mode stream.*
                RETR fox       => 425 .*
                PASV           => 227 .*\
                """);
            assertThat(DataClient.received(client, "RETR fox")).asString().isEqualTo(TEXT);
        }
    }

    @Test
    void refusesUntilLoginWhatNeedsOneAndSaysSo() throws IOException {
        for (String command : NEED_A_LOGIN) {
            try (ControlClient client = ControlClient.connect(server.address())) {
                assertThat(client.expect(530, command).text()).as(command).contains("USER and PASS");
            }
        }
    }

    @Test
    void letsAnyNumberOfAnonymousUsersInWhereTheLimitIsZero() throws IOException {
        try (ControlClient one = ControlClient.login(server.address(), ANONYMOUS);
                ControlClient two = ControlClient.login(server.address(), ANONYMOUS)) {
            one.expect(257, "PWD");
            two.expect(257, "PWD");
            two.expect(550, "MKD new");
        }
    }

    @Test
    @Tag("attack")
    void demandsThePasswordThatAnonymousWasGiven(@TempDir Path folder) throws IOException {
        ServerOptions closed = ServerOptions.standard().with(Account.ALICE.named("anonymous"));
        try (ServerProcess guarded = ServerProcess.start(folder, closed)) {
            Dialogue.beforeLogin(guarded, """
                USER anonymous         => 331 .*
                PASS guest@example.org => 530 .*
                USER anonymous         => 331 .*
                PASS wonderland        => 230 .*\
                """);
        }
    }
}
