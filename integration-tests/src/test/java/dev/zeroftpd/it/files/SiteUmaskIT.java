package dev.zeroftpd.it.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** SITE UMASK: what the new files and directories of one log-in get. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiteUmaskIT {

    private static final Account READER = Account.ALICE.named("reader").readOnly();
    private static final Account ZIPPER = Account.ALICE.named("zipper");

    private static final byte[] CONTENT = {'x'};

    /** The process has a strict umask of its own: it must not take anything more. */
    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> {
        URI zip = URI.create("jar:" + folder.resolve("home.zip").toUri());
        FileSystems.newFileSystem(zip, Map.of("create", "true")).close();
        return ServerOptions.standard()
                .with(READER)
                .with(ZIPPER.atHome(zip + "!/"))
                .wrappedBy(List.of("sh", "-c", "umask 077; exec \"$@\"", "sh"));
    });

    @Test
    void tellsAndTakesOctalDigits() throws IOException {
        Dialogue.loggedIn(server, """
            SITE UMASK       => 200 The umask is 022: new files get 644, new directories 755\\.
            SITE UMASK 027   => 200 The umask is 027: new files get 640, new directories 750\\.
            SITE UMASK       => 200 The umask is 027: .*
            site umask 2     => 200 The umask is 002: .*
            SITE UMASK 0777  => 200 The umask is 777: new files get 000, new directories 000\\.
            SITE UMASK 1000  => 501 .* 000 to 777, .*
            SITE UMASK 028   => 501 .*
            SITE UMASK -1    => 501 .*
            SITE UMASK 022 x => 501 .*
            SITE UMASK u=rwx => 501 .*
            SITE UMASK       => 200 The umask is 777: .*
            SITE HELP        => 214.* UMASK \\[mask].*\
            """);
    }

    @Test
    void countsForEveryWayToMakeAFileOrDirectory() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            client.expect(200, "SITE UMASK 027");
            assertThat(DataClient.sent(client, "STOR stored", CONTENT).code()).isEqualTo(226);
            assertThat(DataClient.sent(client, "APPE appended", CONTENT).code()).isEqualTo(226);
            assertThat(DataClient.sent(client, "STOU unique", CONTENT).code()).isEqualTo(226);
            client.expect(257, "MKD made");
            for (String name : List.of("stored", "appended", "unique")) {
                assertThat(permissions(name)).as(name).isEqualTo("rw-r-----");
            }
            assertThat(permissions("made")).isEqualTo("rwxr-x---");
        }
    }

    @Test
    void countsForAPartialFromItsFirstByteOn() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            client.expect(200, "SITE UMASK 077");
            try (DataClient data = DataClient.connect(client.extendedPassive())) {
                client.expect(150, "STOR growing");
                data.output().write(CONTENT);
                Path partial = await().until(this::partial, Optional::isPresent).orElseThrow();
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(partial)))
                        .isEqualTo("rw-------");
            }
            client.expectReply(226);
            assertThat(permissions("growing")).isEqualTo("rw-------");
        }
    }

    /** What the server's own process was started with doesn't matter. */
    @Test
    void givesWhatTheProcessWouldNot() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(DataClient.sent(client, "STOR usual", CONTENT).code()).isEqualTo(226);
            client.expect(257, "MKD usual-directory");
            client.expect(200, "SITE UMASK 000");
            assertThat(DataClient.sent(client, "STOR open", CONTENT).code()).isEqualTo(226);
            client.expect(257, "MKD open-directory");
        }
        assertThat(permissions("usual")).isEqualTo("rw-r--r--");
        assertThat(permissions("usual-directory")).isEqualTo("rwxr-xr-x");
        assertThat(permissions("open")).isEqualTo("rw-rw-rw-");
        assertThat(permissions("open-directory")).isEqualTo("rwxrwxrwx");
    }

    @Test
    void endsWithTheLogInAndConcernsNoOtherSession() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE);
                ControlClient other = ControlClient.login(server.address(), Account.ALICE)) {
            client.expect(200, "SITE UMASK 077");
            assertThat(other.expect(200, "SITE UMASK").text()).contains("is 022:");
            client.expect(220, "REIN");
            client.expect(530, "SITE UMASK");
            client.expect(331, "USER alice");
            client.expect(230, "PASS wonderland");
            assertThat(client.expect(200, "SITE UMASK").text()).contains("is 022:");
        }
    }

    @Test
    void needsWritePermission() throws IOException {
        Dialogue.loggedIn(server, READER, """
            SITE UMASK     => 200 The umask is 022: .*
            SITE UMASK 000 => 550 .*\
            """);
    }

    @Test
    void saysSoWhereFilesHaveNoPermissions() throws IOException {
        Dialogue.loggedIn(server, ZIPPER, """
            SITE UMASK     => 504 Files have no permissions here, .*
            SITE UMASK 027 => 504 .*\
            """);
    }

    @Test
    void worksForLftp(@TempDir Path local) throws IOException {
        Files.write(local.resolve("from-lftp"), CONTENT);
        String script = "set cmd:fail-exit yes; set ftp:ssl-allow no; open -u alice,wonderland -p "
                + server.address().getPort()
                + " 127.0.0.1; quote SITE UMASK 027; put from-lftp; mkdir lftp-directory; chmod 604 from-lftp; quote"
                + " SITE UMASK; put from-lftp -o second; bye";
        Command ran = Command.run(local, "lftp", "--norc", "-c", script).expectExit(0);
        assertThat(ran.output()).contains("200 The umask is 027: new files get 640");
        assertThat(permissions("from-lftp")).isEqualTo("rw----r--");
        assertThat(permissions("second")).isEqualTo("rw-r-----");
        assertThat(permissions("lftp-directory")).isEqualTo("rwxr-x---");
    }

    private Optional<Path> partial() throws IOException {
        try (var files = Files.list(server.home())) {
            return files.filter(file -> file.getFileName().toString().contains("growing.zeroftpd-partial"))
                    .findFirst();
        }
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(server.home().resolve(name)));
    }
}
