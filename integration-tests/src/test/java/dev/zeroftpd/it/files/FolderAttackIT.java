package dev.zeroftpd.it.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Attacks of an account on what is around its virtual folders, and on folders that it may only read. */
@Tag("attack")
class FolderAttackIT {

    private static final Account ALICE = Account.ALICE;
    private static final Account BOB = ALICE.named("bob").atHome("bobs");

    private static final int TIMES = 300;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(FolderAttackIT::withFolders);

    private Path shared;
    private Path manuals;
    private ControlClient control;

    private static ServerOptions withFolders(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("around/shared"));
        Files.writeString(folder.resolve("around/secret"), "secret");
        Files.writeString(Files.createDirectory(folder.resolve("manuals")).resolve("page"), "page");
        return ServerOptions.standard()
                .with(BOB)
                .withUserLines(
                        "ftpserver.user.alice.folder./shared=around/shared",
                        "ftpserver.user.alice.folder./manuals=manuals,read-only",
                        "ftpserver.user.bob.folder./around=around");
    }

    @BeforeEach
    void logIn() throws IOException {
        shared = server.folder().resolve("around/shared");
        manuals = server.folder().resolve("manuals");
        control = ControlClient.login(server.address(), ALICE);
    }

    @AfterEach
    void leave() throws IOException {
        control.close();
    }

    private void assertRefused(String... commands) throws IOException {
        for (String command : commands) {
            assertThat(control.command(command).code()).as(command).isBetween(500, 599);
        }
    }

    @Test
    void noPathLeadsOutOfAFolder() throws IOException {
        Files.createSymbolicLink(shared.resolve("up"), Path.of(".."));
        Files.createSymbolicLink(shared.resolve("home"), server.home());
        Files.createSymbolicLink(shared.resolve("secret"), Path.of("../secret"));
        Files.createSymbolicLink(server.home().resolve("link"), shared);

        assertRefused(
                "SIZE shared/../secret",
                "SIZE shared/up/secret",
                "SIZE shared/secret",
                "MLST shared/up/secret",
                "CWD shared/up",
                "CWD shared/home",
                "CWD link",
                "MKD shared/up/new",
                "DELE shared/up/secret");
        assertThat(control.expect(250, "MLST shared/secret").text()).doesNotContain("..");
        assertThat(server.folder().resolve("around/new")).doesNotExist();
        assertThat(server.folder().resolve("around/secret")).hasContent("secret");
    }

    @Test
    void noLinkOfTheHomeWritesIntoAFolderThatIsReadOnly() throws IOException {
        Files.createSymbolicLink(server.home().resolve("new"), Path.of("manuals/new"));
        Files.createSymbolicLink(server.home().resolve("page"), Path.of("manuals/page"));

        control.extendedPassive();
        assertRefused("STOR new", "STOR page", "APPE page", "RNFR manuals/page", "DELE manuals/../manuals/page");
        assertThat(manuals).isDirectoryNotContaining("glob:**new*");
        assertThat(manuals.resolve("page")).hasContent("page");
    }

    /** Bob, whose folder is around Alice's, puts a link in its place: her session stays where it was. */
    @Test
    void aLinkInAFoldersPlaceTakesNoRunningSessionElsewhere() throws IOException {
        Files.writeString(
                Files.createDirectory(server.folder().resolve("outside")).resolve("secret"), "secret");
        Files.createSymbolicLink(
                server.folder().resolve("around/link"), server.folder().resolve("outside"));
        try (ControlClient bob = ControlClient.login(server.address(), BOB)) {
            bob.expect(350, "RNFR /around/shared");
            bob.expect(250, "RNTO /around/away");
            bob.expect(350, "RNFR /around/link");
            bob.expect(250, "RNTO /around/shared");
        }

        assertRefused("SIZE shared/secret", "CWD shared", "MKD shared/new", "DELE shared/secret");
        assertThat(control.command("MLST shared/secret").text()).contains("the folder /shared is no longer");
        control.expect(257, "MKD mine");
        assertThat(server.folder().resolve("outside/new")).doesNotExist();
    }

    /** Directories that move from root to root while paths through them are resolved. */
    @Test
    void renamesFromFolderToFolderOpenNoWayOut() throws Exception {
        Files.createDirectories(server.home().resolve("d/e"));
        Files.createSymbolicLink(server.home().resolve("d/e/link"), Path.of("../../secret"));
        AtomicBoolean done = new AtomicBoolean();
        try (ControlClient mover = ControlClient.login(server.address(), ALICE)) {
            CompletableFuture<Void> moving = CompletableFuture.runAsync(() -> move(mover, done));
            for (int i = 0; i < TIMES; i++) {
                for (String path :
                        List.of("shared/e/link", "shared/e/../../secret", "d/e/link", "shared/e/../secret")) {
                    assertThat(control.command("SIZE " + path).code()).as(path).isNotEqualTo(213);
                }
            }
            done.set(true);
            moving.get();
        }
        assertThat(server.folder().resolve("around/secret")).hasContent("secret");
    }

    private static void move(ControlClient mover, AtomicBoolean done) {
        try {
            while (!done.get()) {
                mover.expect(350, "RNFR /d/e");
                mover.expect(250, "RNTO /shared/e");
                mover.expect(350, "RNFR /shared/e");
                mover.expect(250, "RNTO /d/e");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
