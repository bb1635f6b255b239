package dev.zeroftpd.it.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Commands that set times and permissions: MDTM, MFMT, MFF, SITE CHMOD, SITE UTIME (RFC 3659, section 3; draft-somers-ftp-mfxx). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FileFactsIT {

    private static final Instant TIME = Instant.parse("2002-07-17T21:07:15Z");
    private static final String TEXT = "The quick brown fox jumps over the lazy dog";

    @RegisterExtension
    private final RunningServer server = RunningServer.standard();

    @BeforeAll
    void writeFiles() throws IOException {
        Files.writeString(server.home().resolve("fox"), TEXT);
        Files.setLastModifiedTime(server.home().resolve("fox"), FileTime.from(TIME));
    }

    @Test
    void tellsAndSetsTimes() throws IOException {
        Path file = Files.writeString(server.home().resolve("timed one"), "x");
        Dialogue.loggedIn(server, """
            MDTM fox                          => 213 20020717210715
            MDTM gone                         => 550 .*
            MDTM 20010101000000 fox           => 550 .*
            MDTM                              => 501 .*
            MFMT 20020717210715 timed one     => 213 Modify=20020717210715; /timed one
            MDTM timed one                    => 213 20020717210715
            MFMT 20020717210715.5 timed one   => 213 .*
            MFMT 20021317210715 timed one     => 501 .*
            MFMT 2002 timed one               => 501 .*
            MFMT 20020717210715               => 501 .*
            MFMT 20020717210715 gone          => 550 .*
            SITE UTIME 200001020304 timed one => 200 .*
            MDTM timed one                    => 213 20000102030400
            SITE UTIME timed one 20010101000000 20020202020202 20010101000000 UTC => 200 .*
            MDTM timed one                    => 213 20020202020202
            SITE UTIME                        => 501 .*
            SITE UTIME x y                    => 501 .*\
            """);
        assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(Instant.parse("2002-02-02T02:02:02Z"));
        Files.delete(file);
    }

    /** Ext4 ends in 2446, tmpfs never. */
    @Test
    void setsNoTimeThatTheFileSystemDoesNotHold() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            for (String command : List.of("MFMT 99991231235959 fox", "MFF Modify=99991231235959;UNIX.mode=0611; fox")) {
                Reply reply = client.command(command);
                if (reply.code() == 550) {
                    assertThat(reply.text()).matches(".* holds times from \\d{4}-\\d\\d-\\d\\d to .* only\\.");
                    client.expect(213, "MDTM fox");
                    assertThat(client.command("MDTM fox").text()).isEqualTo("213 20020717210715");
                    assertThat(PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(server.home().resolve("fox"))))
                            .isNotEqualTo("rw---x--x");
                } else {
                    assertThat(client.command("MDTM fox").text()).isEqualTo("213 99991231235959");
                }
            }
            Files.setLastModifiedTime(server.home().resolve("fox"), FileTime.from(TIME));
        }
    }

    @Test
    void changesPermissionsAndFacts() throws IOException {
        Path file = Files.writeString(server.home().resolve("moded"), "x");
        Dialogue.loggedIn(server, """
            SITE CHMOD 600 moded   => 200 .*
            SITE CHMOD 0640 moded  => 200 .*
            SITE CHMOD 4755 moded  => 501 .*
            SITE CHMOD 888 moded   => 501 .*
            SITE CHMOD 600         => 501 .*
            SITE CHMOD 600 gone    => 550 .*
            MFF Modify=20020717210715;UNIX.mode=0604; moded => 213 UNIX.mode=0604;Modify=20020717210715; /moded
            MFF Create=20020717210715; moded => 504 .*
            MFF UNIX.mode=0600;Create=20020717210715; moded => 504 .*
            MFF Modify=yesterday; moded => 504 .*
            MFF moded              => 501 .*\
            """);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw----r--");
        assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(TIME);
        Files.delete(file);
    }

    /** In a name space of users that has no number for the owner. */
    @Test
    void saysThatOnlyTheOwnerMayChangeThem(@TempDir Path folder) throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.setAttribute(Files.writeString(home.resolve("theirs"), "x"), "unix:uid", 4711);
        ServerOptions options = ServerOptions.standard().wrappedBy(List.of("unshare", "--user", "--map-root-user"));
        try (ServerProcess other = ServerProcess.start(folder, options)) {
            String why = "550 /theirs: only its owner may change that, and the server doesn't run as its owner.";
            try (ControlClient client = ControlClient.login(other.address(), Account.ALICE)) {
                for (String command : List.of(
                        "MFMT 20020717210715 theirs", "SITE CHMOD 600 theirs", "MFF Modify=20020717210715; theirs")) {
                    assertThat(client.command(command).text()).as(command).isEqualTo(why);
                }
            }
        }
    }
}
