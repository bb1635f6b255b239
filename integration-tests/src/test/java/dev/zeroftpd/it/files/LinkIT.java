package dev.zeroftpd.it.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.Program;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Site;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Symbolic links in homes, with clients that delete and copy whole trees. */
class LinkIT {

    private static final Program LFTP = new Program("lftp", "the package lftp");
    private static final Program RCLONE = new Program("rclone", "the package rclone");
    private static final Program WGET = new Program("wget", "the package wget");

    @TempDir
    Path folder;

    @RegisterExtension
    private final RunningServer server = RunningServer.standard();

    private Path tree;
    private Path photo;

    @BeforeEach
    void makeTree() throws IOException {
        tree = Files.createDirectories(server.home().resolve("site/release"));
        photo = Files.createDirectories(server.home().resolve("site/shared")).resolve("photo");
        Files.writeString(photo, "precious");
        Files.writeString(tree.resolve("index"), "index");
        Files.createSymbolicLink(tree.resolve("uploads"), Path.of("../shared"));
        Files.createSymbolicLink(tree.resolve("file"), Path.of("index"));
        Files.createSymbolicLink(tree.resolve("self"), Path.of("."));
        Files.createSymbolicLink(tree.resolve("dangling"), Path.of("none"));
        Files.createSymbolicLink(tree.resolve("out"), folder.toAbsolutePath());
    }

    @Test
    void lftpRemovesATreeAndSparesWhatLinksLeadTo() throws IOException {
        lftp("rm -r site/release");

        assertThat(tree).doesNotExist();
        assertThat(photo).hasContent("precious");
    }

    @Test
    void lftpMirrorsBackAndDeletesOnlyTheLinks() throws IOException {
        Path local = Files.createDirectory(folder.resolve("local"));
        Files.writeString(local.resolve("new"), "new");

        lftp("mirror --reverse --delete " + local + " site/release");

        assertThat(names(tree)).containsExactly("new");
        assertThat(photo).hasContent("precious");
    }

    @Test
    void lftpMirrorsATreeWithALinkToItselfOnce() throws IOException {
        Path local = folder.resolve("local");

        lftp("mirror site " + local);

        assertThat(local.resolve("release/uploads")).isSymbolicLink();
        assertThat(Files.readSymbolicLink(local.resolve("release/uploads"))).hasToString("../shared");
        assertThat(local.resolve("shared/photo")).hasContent("precious");
        assertThat(local.resolve("release/out")).doesNotExist();
    }

    @Test
    void rclonePurgesATreeAndSparesWhatLinksLeadTo() throws IOException {
        String remote = ":ftp,host=127.0.0.1,port=%d,user=%s,pass=\"%s\":site/release"
                .formatted(
                        server.address().getPort(),
                        Account.ALICE.name(),
                        RCLONE.run(site(), "obscure", Account.ALICE.password()).strip());

        RCLONE.run(site(), "purge", remote);

        assertThat(Files.exists(tree, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(photo).hasContent("precious");
    }

    @Test
    void wgetGetsATreeWithALinkToItselfOnce() throws IOException {
        Path local = folder.resolve("local");

        Command.run(
                folder,
                "wget",
                "--quiet",
                "--recursive",
                "--no-host-directories",
                "--directory-prefix=" + local,
                "ftp://%s:%s@127.0.0.1:%d/site/"
                        .formatted(
                                Account.ALICE.name(),
                                Account.ALICE.password(),
                                server.address().getPort()));

        assertThat(WGET.version(folder, "--version")).isNotEmpty();
        try (Stream<Path> files = Files.walk(local)) {
            assertThat(files.filter(file -> file.endsWith("index"))).hasSize(1);
        }
        assertThat(local.resolve("site/shared/photo")).hasContent("precious");
    }

    @Test
    void commandsAreAboutLinksOrAboutWhatTheyLeadTo() throws IOException {
        Dialogue.loggedIn(server, """
            CWD site/release  => 250 .*
            SIZE file         => 213 5
            SIZE dangling     => 550 .*
            SIZE out          => 550 .*
            MLST uploads      => 250-.*type=OS.unix=slink:../shared;modify=[0-9]*;perm=dfel;.* /site/release/uploads.*
            MLST out          => 250-.*type=OS.unix=slink;modify=.*
            STAT file         => 213-.* file -> index.*
            STAT uploads      => 212-.* photo.*
            STAT out          => 213-.*lrwxrwxrwx.* out.*
            STAT out/         => 550 .*
            CWD uploads       => 250 .*
            CDUP              => 250 .*
            RNFR uploads      => 350 .*
            RNTO moved        => 250 .*
            RNFR dangling     => 350 .*
            RNTO gone         => 250 .*
            RMD moved         => 250 .*
            RMD gone          => 250 .*
            DELE self         => 250 .*
            DELE out          => 250 .*
            RMD file          => 250 .*\
            """);
        assertThat(names(tree)).containsExactly("index");
        assertThat(photo).hasContent("precious");
    }

    @Test
    void noListingNamesWhatIsOutsideTheHome() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            for (String command : List.of("LIST site/release", "MLSD site/release", "LIST -R", "NLST site/release")) {
                assertThat(listing(client, command)).contains("out").doesNotContain(folder.toString());
            }
            assertThat(listing(client, "LIST site/release"))
                    .containsPattern("lrwxrwxrwx [^\r\n]* uploads -> \\.\\./shared\r\n")
                    .containsPattern("lrwxrwxrwx [^\r\n]* out\r\n");
        }
    }

    @Test
    void showsWhatLinksLeadToWhereThatIsWanted() throws IOException {
        server.restart(ServerOptions.standard().with("storage.list-links", "target"));
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(listing(client, "LIST site/release"))
                    .containsPattern("drwx[^\r\n]* uploads\r\n")
                    .containsPattern("-rw[^\r\n]* file\r\n")
                    .doesNotContain("->");
            assertThat(listing(client, "MLSD site/release")).containsPattern("type=dir;[^\r\n]* uploads\r\n");
            assertThat(listing(client, "LIST -R site")).contains("photo");
            client.expect(250, "RMD site/release/uploads");
            client.expect(250, "DELE site/release/self");
        }
        assertThat(photo).hasContent("precious");
        assertThat(tree.resolve("index")).exists();
    }

    private static String listing(ControlClient client, String command) throws IOException {
        String text;
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, command);
            text = new String(data.input().readAllBytes(), StandardCharsets.UTF_8);
        }
        client.expectReply(226);
        return text;
    }

    private void lftp(String commands) throws IOException {
        LFTP.run(
                site(),
                "--norc",
                "-c",
                "set cmd:fail-exit yes; set net:max-retries 1; set net:timeout 20; set ftp:ssl-allow no; open -u "
                        + Account.ALICE.name() + "," + Account.ALICE.password() + " -p "
                        + server.address().getPort() + " 127.0.0.1; " + commands + "; bye");
    }

    private Site site() {
        return new Site(
                server.address(), Way.Mode.PASSIVE, Site.Protection.CLEAR, false, Account.ALICE, folder, folder);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
