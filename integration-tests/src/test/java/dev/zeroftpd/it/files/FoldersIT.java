package dev.zeroftpd.it.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.CommonsNet;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Way;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Virtual folders as clients see them: {@code /shared}, {@code /projects/alpha} and, read-only, {@code /manuals}. */
class FoldersIT {

    private static final Account ALICE = Account.ALICE;

    /** A file system in memory that every Linux has: another one than that of temporary files. */
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    private final RunningServer server = RunningServer.with(FoldersIT::withFolders)
            .prepared(home -> Files.writeString(home.resolve("mine"), "mine"));

    private Path shared;
    private Path alpha;
    private Path manuals;
    private ControlClient control;

    private static ServerOptions withFolders(Path folder) throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("shared")).resolve("theirs"), "theirs");
        Files.writeString(Files.createDirectory(folder.resolve("alpha")).resolve("plan"), "plan");
        Files.writeString(Files.createDirectories(folder.resolve("manuals/old")).resolve("page"), "page");
        return ServerOptions.standard()
                .with("process.sandbox-paths", SHARED_MEMORY.toString())
                .withUserLines(
                        "ftpserver.user.alice.folder./shared=shared",
                        "ftpserver.user.alice.folder./projects/alpha=alpha",
                        "ftpserver.user.alice.folder./manuals=manuals,read-only");
    }

    @BeforeEach
    void logIn() throws IOException {
        shared = server.folder().resolve("shared");
        alpha = server.folder().resolve("alpha");
        manuals = server.folder().resolve("manuals");
        control = ControlClient.login(server.address(), ALICE);
    }

    @AfterEach
    void leave() throws IOException {
        control.close();
    }

    private void addLine(String line) throws IOException {
        Path users = server.folder().resolve("users.properties");
        Files.writeString(users, Files.readString(users) + line + "\n");
    }

    private void replaceInUsers(String old, String next) throws IOException {
        Path users = server.folder().resolve("users.properties");
        String text = Files.readString(users);
        assertThat(text).contains(old);
        Files.writeString(users, text.replace(old, next));
    }

    private List<String> lines(String command) throws IOException {
        return new String(DataClient.received(control, command), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    @Test
    void aFolderIsEnteredAndLeftByItsVirtualPath() throws IOException {
        Dialogue.hold(control, """
            CWD shared          => 250 .*
            PWD                 => 257 "/shared" .*
            SIZE theirs         => 213 6
            CDUP                => 250 .*
            PWD                 => 257 "/" .*
            CWD projects        => 250 .*
            CWD alpha           => 250 .*
            PWD                 => 257 "/projects/alpha" .*
            SIZE ../../mine     => 213 4
            CWD ../../shared    => 250 .*
            MDTM ../manuals/old/page => 213 \\d{14}
            CWD /sharedness     => 550 .*
            PWD                 => 257 "/shared" .*
            """);
    }

    @Test
    void foldersAreInEveryKindOfListing() throws IOException {
        assertThat(lines("NLST")).containsExactly("manuals", "mine", "projects", "shared");
        assertThat(lines("NLST projects")).containsExactly("projects/alpha");
        assertThat(lines("NLST p*/*a*")).containsExactly("projects/alpha");
        assertThat(lines("NLST sh*/*")).containsExactly("shared/theirs");
        assertThat(lines("LIST -R"))
                .anyMatch(line -> line.matches("drwx.* shared"))
                .contains("./projects/alpha:", "./manuals/old:", "./shared:")
                .anyMatch(line -> line.matches("-r--r--r--.* page"))
                .anyMatch(line -> line.matches("-rw.* theirs"));
        assertThat(control.command("STAT .").text()).contains(" shared", " projects");
        assertThat(lines("MLSD"))
                .anyMatch(line -> line.matches("type=dir;.*perm=el;.* manuals"))
                .anyMatch(line -> line.matches("type=dir;.*perm=celmp;.* shared"));
        assertThat(lines("MLSD /projects"))
                .anyMatch(line -> line.startsWith("type=cdir;"))
                .anyMatch(line -> line.matches("type=dir;.* alpha"));
        assertThat(control.command("MLST /shared").text()).contains("type=dir;");
    }

    @Test
    void aWalkByMlsdFindsEverything() throws IOException {
        FTPClient client = CommonsNet.login(server.address(), Way.Mode.PASSIVE, ALICE);
        List<String> found = new ArrayList<>();
        walk(client, "", found);
        CommonsNet.logout(client);

        assertThat(found)
                .containsExactly(
                        "/manuals",
                        "/manuals/old",
                        "/manuals/old/page",
                        "/mine",
                        "/projects",
                        "/projects/alpha",
                        "/projects/alpha/plan",
                        "/shared",
                        "/shared/theirs");
    }

    private static void walk(FTPClient client, String directory, List<String> found) throws IOException {
        for (FTPFile entry : client.mlistDir(directory.isEmpty() ? "/" : directory)) {
            if (!entry.getName().equals(".") && !entry.getName().equals("..")) {
                found.add(directory + "/" + entry.getName());
                if (entry.isDirectory()) {
                    walk(client, directory + "/" + entry.getName(), found);
                }
            }
        }
    }

    @Test
    void curlPutsAndGetsFilesInFolders() throws IOException {
        String url = "ftp://alice:wonderland@127.0.0.1:" + server.address().getPort() + "/shared/new/file";
        Path local = Files.writeString(server.folder().resolve("local"), "by curl");
        Command.run(server.folder(), "curl", "-sS", "--ftp-create-dirs", "-T", local.toString(), url)
                .expectExit(0);

        assertThat(shared.resolve("new/file")).hasContent("by curl");
        assertThat(Command.run(server.folder(), "curl", "-sS", url)
                        .expectExit(0)
                        .output())
                .isEqualTo("by curl");
        assertThat(server.home().resolve("shared")).doesNotExist();
    }

    @Test
    void lftpMirrorsTheHomeWithItsFolders() throws IOException {
        String site = "open -u alice,wonderland 127.0.0.1:" + server.address().getPort()
                + "; set cmd:fail-exit yes; set net:max-retries 1; set ftp:ssl-allow no; ";
        Path copy = server.folder().resolve("copy");
        Command.run(server.folder(), "lftp", "-c", site + "mirror / " + copy).expectExit(0);

        assertThat(copy.resolve("projects/alpha/plan")).hasContent("plan");
        assertThat(copy.resolve("manuals/old/page")).hasContent("page");
        assertThat(copy.resolve("shared/theirs")).hasContent("theirs");
        assertThat(copy.resolve("mine")).hasContent("mine");

        Files.writeString(copy.resolve("shared/more"), "more");
        Command.run(server.folder(), "lftp", "-c", site + "mirror -R --no-perms " + copy + "/shared /shared")
                .expectExit(0);
        assertThat(shared.resolve("more")).hasContent("more");
    }

    @Test
    void nothingChangesInAFolderThatIsReadOnly() throws IOException {
        Files.writeString(shared.resolve("f"), "x");
        Dialogue.hold(control, """
            DELE manuals/old/page         => 550 /manuals/old/page: .*read-only.*
            MKD manuals/new               => 550 .*
            RMD manuals/old               => 550 .*
            RNFR manuals/old/page         => 550 .*
            RNFR shared/f                 => 350 .*
            RNTO manuals/f                => 553 .*read-only.*
            MFMT 20200101000000 manuals/old/page => 550 .*
            SITE CHMOD 777 manuals/old/page => 550 .*
            AVBL manuals                  => 550 .*
            SIZE manuals/old/page         => 213 4
            MLST manuals/old/page         => 250-.*perm=r;.*UNIX.mode=0444;.*
            MLST manuals                  => 250-.*perm=el;.*
            MLST shared                   => 250-.*perm=celmp;.*
            """);
        control.extendedPassive();
        assertThat(control.command("STOR manuals/new").text())
                .startsWith("553 ")
                .contains("read-only");
        assertThat(manuals.resolve("old/page")).hasContent("page");
        assertThat(shared.resolve("f")).exists();
    }

    @Test
    void aFolderItselfCannotBeChanged() throws IOException {
        Files.createDirectories(server.home().resolve("projects/mine"));
        Dialogue.hold(control, """
            RMD shared          => 550 /shared: is a virtual folder, which can't be changed itself.
            DELE shared         => 550 .*
            RMD projects        => 550 /projects: has a virtual folder in it, and stays where it is.
            MKD shared          => 550 .*exists already.*
            RNFR mine           => 350 .*
            RNTO shared         => 553 .*
            RNFR shared         => 550 /shared: is a virtual folder, which can't be changed itself.
            RNFR projects       => 550 /projects: has a virtual folder in it, and stays where it is.
            SITE CHMOD 700 shared => 550 .*
            RNFR projects/mine  => 350 .*
            RNTO shared/mine    => 250 .*
            """);
        assertThat(shared.resolve("mine")).isDirectory();
    }

    @Test
    void whatOnlyLeadsToFoldersTakesNothingIn() throws IOException {
        Dialogue.hold(control, """
            MKD projects/beta   => 550 /projects: only leads to virtual folders; nothing can be made or changed in it.
            MKD projects        => 550 .*
            AVBL projects       => 550 .*
            MLST projects       => 250-.*type=dir;.*perm=el;.*
            """);
        control.extendedPassive();
        assertThat(control.command("STOR projects/f").code()).isEqualTo(553);
        assertThat(server.home().resolve("projects")).doesNotExist();
    }

    @Test
    void aFileIsMovedWithinOneFileSystemOnly() throws IOException {
        assumeTrue(Files.isDirectory(SHARED_MEMORY)
                && !Files.getFileStore(SHARED_MEMORY).equals(Files.getFileStore(server.folder())));
        Path memory = Files.createTempDirectory(SHARED_MEMORY, "folder");
        try {
            addLine("ftpserver.user.alice.folder./memory=" + memory);
            await().atMost(PATIENCE).until(() -> control.command("CWD /memory").code() == 250);
            Dialogue.hold(control, """
                RNFR /mine          => 350 .*
                RNTO /shared/theirs => 250 .*
                RNFR /shared/theirs => 350 .*
                RNTO /memory/theirs => 553 .*is on another file system; download it and upload it there instead.
                """);
            assertThat(shared.resolve("theirs")).hasContent("mine");
            assertThat(memory).isEmptyDirectory();
        } finally {
            Files.delete(memory);
        }
    }

    @Test
    void aFolderThatVanishesHarmsNothingElse() throws IOException {
        Files.delete(alpha.resolve("plan"));
        Files.delete(alpha);

        assertThat(lines("NLST")).containsExactly("manuals", "mine", "projects", "shared");
        assertThat(lines("LIST projects")).singleElement().asString().matches("d---------.* alpha");
        assertThat(lines("LIST -R")).anyMatch(line -> line.endsWith(" theirs"));
        Dialogue.hold(control, """
            CWD projects/alpha  => 550 /projects/alpha: is a virtual folder whose directory is not there at the moment.
            MLST projects/alpha => 550 .*
            MLSD projects/alpha => 4.*|503 .*|550 .*
            SIZE shared/theirs  => 213 6
            """);
        control.extendedPassive();
        control.expect(550, "LIST projects/alpha");
        control.extendedPassive();
        assertThat(control.command("STOR projects/alpha").text())
                .startsWith("55")
                .contains("whose directory is not there");
        assertThat(lines("MLSD projects")).anyMatch(line -> line.matches("type=dir;.*;perm=;.* alpha"));
        assertThat(server.home()).isDirectoryNotContaining("glob:**/.*");
        try (ControlClient later = ControlClient.login(server.address(), ALICE)) {
            later.expect(250, "CWD shared");
        }
    }

    @Test
    void anEditHoldsFromTheNextCommandOn() throws IOException {
        control.expect(250, "CWD /shared");
        replaceInUsers("folder./shared=shared", "folder./shared=shared,read-only");
        await().atMost(PATIENCE)
                .until(() -> control.command("MLST /shared").text().contains("perm=el;"));
        control.expect(550, "MKD dir");
        control.expect(213, "SIZE theirs");

        replaceInUsers("ftpserver.user.alice.folder./shared=shared,read-only\n", "");
        await().atMost(PATIENCE).until(() -> control.command("SIZE theirs").code() == 550);
        control.expect(257, "PWD");
        control.expect(250, "CDUP");

        addLine("ftpserver.user.alice.folder./later=shared");
        await().atMost(PATIENCE)
                .until(() -> control.command("SIZE /later/theirs").code() == 213);
    }

    @Test
    void anUploadThatBrokeIsContinuedInItsFolder() throws IOException {
        try (DataClient data = DataClient.connect(control.extendedPassive())) {
            control.expect(150, "STOR shared/big");
            data.output().write("be".getBytes(StandardCharsets.UTF_8));
            data.output().flush();
            await().atMost(PATIENCE).until(() -> names(shared).stream().anyMatch(name -> name.startsWith(".big")));
            data.reset();
        }
        control.expectReply(426);
        control.expect(213, "SIZE shared/big");
        FTPClient client = CommonsNet.login(server.address(), Way.Mode.PASSIVE, ALICE);
        long come = Long.parseLong(
                control.expect(213, "SIZE shared/big").text().substring(4).strip());
        client.setRestartOffset(come);
        String rest = "begun".substring((int) come);
        assertThat(client.storeFile("/shared/big", new ByteArrayInputStream(rest.getBytes(StandardCharsets.UTF_8))))
                .isTrue();
        CommonsNet.logout(client);

        assertThat(shared.resolve("big")).hasContent("begun");
        assertThat(names(shared)).containsExactly("big", "theirs");
    }

    private static List<String> names(Path directory) {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aGroupGivesEachMemberAFolderOfItsName() throws IOException {
        Files.createDirectories(server.folder().resolve("inboxes/alice"));
        Files.writeString(server.folder().resolve("inboxes/alice/letter"), "dear");
        replaceInUsers("ftpserver.user.alice.folder./shared=shared\n", "ftpserver.user.alice.groups=staff\n");
        addLine("ftpserver.group.staff.folder./inbox=inboxes/${user},read-only");
        await().atMost(PATIENCE)
                .until(() -> control.command("SIZE /inbox/letter").code() == 213);

        control.expect(550, "DELE /inbox/letter");
    }
}
