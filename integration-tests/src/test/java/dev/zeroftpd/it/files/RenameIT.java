package dev.zeroftpd.it.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RNFR and RNTO over files that exist, between file systems, and where the file system refuses. */
class RenameIT {

    @TempDir
    Path folder;

    @Test
    void replacesAFileButNeverADirectory() throws IOException {
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard())) {
            Path home = server.home();
            Files.createDirectories(home.resolve("d/e"));
            Files.createDirectory(home.resolve("empty"));
            Files.writeString(home.resolve("old"), "old");
            Files.writeString(home.resolve("new"), "new");
            Dialogue.loggedIn(server, """
                RNFR d     => 350 .*
                RNTO old   => 553 /old: exists already, and a directory replaces no file.
                RNFR old   => 350 .*
                RNTO empty => 553 /empty: a directory has that name, and none is ever replaced.
                RNFR d     => 350 .*
                RNTO d/e/x => 553 /d/e/x: a directory can't be moved into itself.
                RNFR new   => 350 .*
                RNTO new   => 250 .*
                RNFR new   => 350 .*
                RNTO old   => 250 .*\
                """);
            assertThat(home.resolve("old")).hasContent("new");
            assertThat(home.resolve("new")).doesNotExist();
        }
    }

    @Test
    void replacesNothingWhereTheAdministratorSaysSo() throws IOException {
        try (ServerProcess server =
                ServerProcess.start(folder, ServerOptions.standard().with("rename.overwrite", "false"))) {
            Files.writeString(server.home().resolve("old"), "old");
            Files.writeString(server.home().resolve("new"), "new");
            Dialogue.loggedIn(server, """
                RNFR new   => 350 .*
                RNTO old   => 553 /old: exists already, and this server doesn't let RNTO replace files.\
                """);
            assertThat(server.home().resolve("old")).hasContent("old");
        }
    }

    /** User and mount name spaces of its own, so that no privilege is needed and nothing is left. */
    private static List<String> withMounts(Path home) {
        String mount = "mount -t tmpfs none \"$0/disk\" && mkdir \"$0/disk/d\" && echo x >\"$0/disk/f\""
                + " && truncate -s 1T \"$0/disk/huge\" && mount -t tmpfs none \"$0/fixed\" && echo x >\"$0/fixed/f\""
                + " && mount -o remount,ro \"$0/fixed\" && exec \"$@\"";
        return List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, home.toString());
    }

    @Test
    void movesFilesBetweenFileSystemsAndSaysWhatItCannotDo() throws IOException {
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("disk"));
        Files.createDirectories(home.resolve("fixed"));
        Files.writeString(home.resolve("g"), "old");
        try (ServerProcess server =
                ServerProcess.start(folder, ServerOptions.standard().wrappedBy(withMounts(home)))) {
            Dialogue.loggedIn(server, """
                RNFR disk/f          => 350 .*
                RNTO g               => 250 Renamed to /g.
                SIZE disk/f          => 550 .*
                RNFR disk/d          => 350 .*
                RNTO d               => 553 /d: is on another file system, to which only plain files .*
                RNFR g               => 350 .*
                RNTO fixed/f         => 553 /fixed/f: the file system is read-only.
                RNFR fixed/f         => 350 .*
                RNTO f               => 553 /fixed/f: can't be moved .* it can't be removed from /fixed: the file system is read-only.
                DELE fixed/f         => 550 /fixed/f: the file system is read-only.
                MKD fixed/d          => 550 /fixed/d: the file system is read-only.
                RMD fixed            => 450 /fixed: in use by the system, perhaps as a mount point.
                SITE CHMOD 600 fixed/f => 550 /fixed/f: the file system is read-only.
                MFMT 20200101000000 fixed/f => 550 /fixed/f: the file system is read-only.\
                """);
            assertThat(home.resolve("g")).hasContent("x\n");
            endsOnAborAndWhenTheClientLeaves(server, home);
        }
    }

    private static void endsOnAborAndWhenTheClientLeaves(ServerProcess server, Path home) throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            client.expect(350, "RNFR disk/huge");
            client.send("RNTO huge", "ABOR", "NOOP");
            client.expectReply(451);
            client.expectReply(226);
            client.expectReply(200);
            assertThat(names(home)).containsExactly("disk", "fixed", "g");
            client.expect(213, "SIZE disk/huge");

            client.expect(350, "RNFR disk/huge");
            client.send("RNTO huge");
            await().until(() -> names(home).size() > 3);
            client.reset();
        }
        await().until(() -> names(home).equals(List.of("disk", "fixed", "g")));
    }

    /** The kernel's own answer, put in by strace. */
    @ParameterizedTest
    @CsvSource({
        "EIO, 451, the storage reports an error",
        "EDQUOT, 552, quota exceeded",
        "EMLINK, 553, this file system allows no more entries there",
        "ETXTBSY, 450, a program that runs"
    })
    void tellsWhatTheFileSystemRefuses(String error, int code, String text) throws IOException {
        List<String> wrapper = new ArrayList<>(List.of("strace", "-D", "-f", "-qq", "-o"));
        wrapper.add(folder.resolve("trace").toString());
        wrapper.addAll(List.of("-e", "inject=renameat2:error=" + error));
        try (ServerProcess server =
                ServerProcess.start(folder, ServerOptions.standard().wrappedBy(wrapper))) {
            Files.writeString(server.home().resolve("f"), "x");
            Dialogue.loggedIn(server, """
                RNFR f => 350 .*
                RNTO g => %d /g: %s.\
                """.formatted(code, text));
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
