package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ConfinedThreads;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Fence;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server can't do any more, whatever its user may and whatever a client makes it try. */
@Tag("attack")
class SandboxIT {

    private static final String SECRET = "not for clients";

    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    private Path secret;

    @BeforeEach
    void requireLandlock() throws IOException {
        secret = Files.writeString(elsewhere.resolve("secret"), SECRET);
        Fence.require(folder);
    }

    @Test
    void threadsOfAllKindsReachHomesOnlyAndStartNoProgram() throws IOException {
        Path inside = Files.writeString(
                Files.createDirectories(folder.resolve("home")).resolve("file"), "");
        Command tried = ConfinedThreads.run(folder, List.of(secret.toString(), inside.toString()));
        assertThat(tried.expectExit(0).output().lines())
                .hasSize(6)
                .allMatch(line -> line.endsWith(": read inside, write inside, "));
        assertThat(secret).hasContent(SECRET);
        assertThat(elsewhere).isDirectoryContaining(file -> file.equals(secret));
        assertThat(elsewhere.resolve("new")).doesNotExist();
    }

    @Test
    void noThreadOfTheServerStartsProgramsOrGetsNewPrivileges() throws IOException {
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard())) {
            ControlClient.login(server.address(), Account.ALICE).close();
            assertThat(statusLines(server, "Seccomp:")).containsOnly("Seccomp:\t2");
            assertThat(statusLines(server, "NoNewPrivs:")).containsOnly("NoNewPrivs:\t1");
        }
    }

    private static List<String> statusLines(ServerProcess server, String key) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(server.processId()), "task"))) {
            return threads.flatMap(thread -> lines(thread.resolve("status")))
                    .filter(line -> line.startsWith(key))
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (NoSuchFileException ended) {
            return Stream.empty(); // its thread
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A link is the simplest way out of a home, and here it is followed: as any other hole in the check of paths. */
    @Test
    void aWayOutOfTheHomeLeadsNowhere() throws IOException {
        ServerOptions follows = ServerOptions.standard().with("storage.symlinks", "follow");
        Files.createSymbolicLink(Files.createDirectories(folder.resolve("home")).resolve("out"), elsewhere);
        try (ServerProcess server = ServerProcess.start(folder, follows)) {
            assertThat(server.logText()).contains("storage.symlinks=follow lets links lead anywhere");
            assertThat(download(server, "out/secret")).isEqualTo(SECRET);
        }
        ServerOptions fenced =
                follows.with("process.sandbox-paths", folder.resolve("home").toString());
        try (ServerProcess server = ServerProcess.start(folder, fenced);
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            client.extendedPassive();
            client.expect(550, "RETR out/secret");
            client.expect(550, "DELE out/secret");
            assertThat(client.command("STOR out/new").code()).isBetween(550, 553);
        }
        assertThat(secret).hasContent(SECRET);
    }

    private static String download(ServerProcess server, String file) throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE);
                DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "RETR " + file);
            String content = new String(data.input().readAllBytes(), StandardCharsets.UTF_8);
            client.expectReply(226);
            return content;
        }
    }

    @Test
    void aHomeThatComesLaterIsRefusedWithWhatToDo() throws IOException {
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard())) {
            addAccount(elsewhere);
            server.awaitLogLine(line ->
                    line.contains("bob can't log in: the home " + elsewhere) && line.contains("process.sandbox-paths"));
            try (ControlClient client = ControlClient.connect(server.address())) {
                client.expect(331, "USER bob");
                Reply refused = client.expect(530, "PASS builder");
                assertThat(refused.text()).contains("until it is restarted");
            }
        }
    }

    @Test
    void aFolderThatComesLaterIsRefusedAndKeepsNoAccountOut() throws IOException {
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard());
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            Files.writeString(
                    folder.resolve("users.properties"),
                    "ftpserver.user.alice.folder./later=" + elsewhere + "\n",
                    StandardOpenOption.APPEND);
            server.awaitLogLine(line -> line.contains("alice can't use the folder /later: " + elsewhere)
                    && line.contains("process.sandbox-paths"));
            assertThat(client.expect(550, "CWD later").text()).contains("until it is restarted");
            client.expect(257, "MKD mine");
            ControlClient.login(server.address(), Account.ALICE).close();
        }
    }

    @Test
    void aLaterHomeIsServedInATreeThatWasNamedOrHasHomesInIt() throws IOException {
        ServerOptions named = ServerOptions.standard().with("process.sandbox-paths", elsewhere.toString());
        try (ServerProcess server = ServerProcess.start(folder, named)) {
            awaitUseOf(Files.createDirectories(elsewhere.resolve("named/bob")), server);
        }
        Path homes = elsewhere.resolve("homes");
        ServerOptions together = ServerOptions.standard()
                .with(Account.ALICE
                        .named("ann")
                        .atHome(Files.createDirectories(homes.resolve("ann")).toString()))
                .with(Account.ALICE
                        .named("amy")
                        .atHome(Files.createDirectories(homes.resolve("amy")).toString()));
        try (ServerProcess server = ServerProcess.start(folder, together)) {
            awaitUseOf(Files.createDirectories(homes.resolve("bob")), server);
        }
    }

    private void awaitUseOf(Path home, ServerProcess server) throws IOException {
        addAccount(home);
        Account bob = new Account("bob", "builder", home.toString(), true, 0, 0, 0, 0);
        await().ignoreExceptions()
                .untilAsserted(() -> ControlClient.login(server.address(), bob).close());
        try (ControlClient client = ControlClient.login(server.address(), bob)) {
            client.expect(257, "MKD made");
        }
    }

    private void addAccount(Path home) throws IOException {
        Files.writeString(folder.resolve("users.properties"), """
            ftpserver.user.bob.userpassword=builder
            ftpserver.user.bob.homedirectory=%s
            ftpserver.user.bob.enableflag=true
            ftpserver.user.bob.writepermission=true
            """.formatted(home), StandardOpenOption.APPEND);
    }
}
