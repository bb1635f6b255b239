package dev.zeroftpd.it.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import dev.zeroftpd.it.support.ServerUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Symbolic links in a home that lead out of it: nothing there is read, changed, made or told, even while they move. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("attack")
class ConfinementIT {

    private static final String SECRET = "what only its owner may read";
    private static final String PUBLIC = "for alice";

    /** No time, date or inode looks like it, so that a listing which shows it has looked outside. */
    private static final int SECRET_BYTES = 765_432;

    /** Names of the one file outside: each of another shape. */
    private static final List<String> FILES_OUTSIDE = List.of(
            "absolute",
            "relative",
            "chain",
            "out/secret",
            "absolute-out/secret",
            "sub/out/secret",
            "sub/../out/secret");

    private static final List<String> DIRECTORIES_OUTSIDE =
            List.of("out", "absolute-out", "sub/out", "out/.", "out/folder", "sub/out/folder");

    @RegisterExtension
    private final RunningServer server = RunningServer.standard();

    private Path outside;
    private Map<String, List<Object>> before;

    @BeforeAll
    void writeFiles() throws IOException {
        outside = makeLinks(server);
    }

    /** Makes a folder beside the home, and the links to it. */
    private static Path makeLinks(ServerUnderTest server) throws IOException {
        Path outside = server.folder().resolve("outside");
        Files.createDirectories(outside.resolve("folder"));
        Files.writeString(outside.resolve("secret"), SECRET + "\0".repeat(SECRET_BYTES - SECRET.length()));
        Path home = server.home();
        Files.createDirectory(home.resolve("sub"));
        Files.createSymbolicLink(home.resolve("absolute"), outside.resolve("secret"));
        Files.createSymbolicLink(home.resolve("relative"), Path.of("../outside/secret"));
        Files.createSymbolicLink(home.resolve("chain"), Path.of("sub/out/secret"));
        Files.createSymbolicLink(home.resolve("out"), Path.of("../outside"));
        Files.createSymbolicLink(home.resolve("absolute-out"), outside);
        Files.createSymbolicLink(home.resolve("sub/out"), Path.of("../../outside"));
        Files.createSymbolicLink(home.resolve("absent"), Path.of("../outside/absent"));
        return outside;
    }

    @BeforeEach
    void lookOutside() throws IOException {
        before = stateOf(outside);
    }

    @AfterEach
    void assertNothingOutsideHasChanged() throws IOException {
        assertThat(stateOf(outside)).isEqualTo(before);
    }

    /** What is there, with the kernel's time of the last change of anything about it. */
    private static Map<String, List<Object>> stateOf(Path folder) throws IOException {
        Map<String, List<Object>> state = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Map<String, Object> attributes =
                        Files.readAttributes(file, "unix:ctime,mode,size", LinkOption.NOFOLLOW_LINKS);
                state.put(file.toString(), List.copyOf(new TreeMap<>(attributes).values()));
            }
        }
        return state;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RETR %s",
                "SIZE %s",
                "MDTM %s",
                "HASH %s",
                "STOR %s",
                "APPE %s",
                "MFMT 20200101000000 %s",
                "MFF UNIX.mode=0777; %s",
                "SITE CHMOD 777 %s",
                "SITE UTIME 20200101000000 %s",
                "CWD %s",
                "MLSD %s"
            })
    void refusesFilesOutside(String command) throws IOException {
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            for (String name : FILES_OUTSIDE) {
                assertRefused(control, command.formatted(name));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CWD %s",
                "MLSD %s",
                "AVBL %s",
                "MKD %s/new",
                "MDTM %s/secret",
                "RMD %s/folder",
                "DELE %s/secret",
                "RNFR %s/secret",
                "RETR %s/secret",
                "STOR %s/new",
                "APPE %s/new",
                "SITE CHMOD 777 %s",
                "MFMT 20200101000000 %s"
            })
    void refusesDirectoriesOutside(String command) throws IOException {
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            for (String name : DIRECTORIES_OUTSIDE) {
                assertRefused(control, command.formatted(name));
            }
        }
    }

    @Test
    void tellsOfLinksOutOfTheHomeOnlyThatTheyAreLinks() throws IOException {
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            for (String name : List.of("absolute", "relative", "chain", "out", "absolute-out", "absent")) {
                assertThat(outcome(control, "MLST " + name))
                        .contains("type=OS.unix=slink;modify=", "perm=df;")
                        .doesNotContain("outside", "secret", "size=");
            }
        }
    }

    @Test
    void movesNothingInOrOut() throws IOException {
        Files.writeString(server.home().resolve("mine"), PUBLIC);
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            for (String name : DIRECTORIES_OUTSIDE) {
                control.expect(350, "RNFR mine");
                assertRefused(control, "RNTO " + name + "/stolen");
            }
            for (String command : List.of("STOR", "APPE")) {
                control.expect(350, "REST 3");
                assertRefused(control, command + " relative");
            }
            assertThat(control.command("RANG 0 3").code()).isEqualTo(350);
            assertRefused(control, "STOR relative");
        }
        assertThat(server.home().resolve("mine")).hasContent(PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"LIST", "LIST -R", "LIST -aR", "LIST out", "LIST out/", "LIST */*", "LIST out/*", "LIST relative"
            })
    void listsNothingOutside(String command) throws IOException {
        for (String verb : List.of("LIST", "NLST", "STAT")) {
            try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
                String said = outcome(control, command.equals("LIST") ? verb + " ." : command.replace("LIST", verb));

                assertThat(said).doesNotContain("folder", Integer.toString(SECRET_BYTES), outside.toString());
                assertThat(said.lines().map(line -> line.substring(line.lastIndexOf(' ') + 1)))
                        .doesNotContain("secret", "out/secret");
            }
        }
    }

    @Test
    void doesNotTellWhetherAFileOutsideExists() throws IOException {
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            for (String command : List.of("SIZE", "RETR", "STOR", "CWD", "HASH", "AVBL")) {
                assertThat(outcome(control, command + " absent"))
                        .isEqualTo(outcome(control, command + " relative").replace("relative", "absent"));
            }
        }
    }

    @Test
    void followsNoLinkWhereNoneMayBe(@TempDir Path folder) throws IOException {
        try (ServerProcess denying =
                ServerProcess.start(folder, ServerOptions.standard().with("storage.symlinks", "deny"))) {
            makeLinks(denying);
            Files.writeString(denying.home().resolve("sub/mine"), PUBLIC);
            Files.createSymbolicLink(denying.home().resolve("inside"), Path.of("sub/mine"));
            Files.createSymbolicLink(denying.home().resolve("inner"), Path.of("sub"));
            try (ControlClient control = ControlClient.login(denying.address(), Account.ALICE)) {
                for (String name : List.of("inside", "inner/mine", "relative", "out/secret")) {
                    assertRefused(control, "RETR " + name);
                    assertRefused(control, "STOR " + name);
                    assertRefused(control, "SITE CHMOD 777 " + name);
                }
                assertThat(outcome(control, "RETR sub/mine")).startsWith(PUBLIC);
            }
        }
    }

    @Test
    void followsEveryLinkWhereTheOperatorSaysSo(@TempDir Path folder) throws IOException {
        try (ServerProcess following =
                ServerProcess.start(folder, ServerOptions.standard().with("storage.symlinks", "follow"))) {
            makeLinks(following);
            try (ControlClient control = ControlClient.login(following.address(), Account.ALICE)) {
                for (String name : FILES_OUTSIDE) {
                    assertThat(outcome(control, "RETR " + name)).startsWith(SECRET);
                }
            }
        }
    }

    /** A directory and a link to a directory outside take turns at one name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SIZE swapped/secret => 213 %d",
                "HASH swapped/secret => 213 .*",
                "MLST swapped/secret => 250-.*",
                "RETR swapped/secret => for alice.*",
                "STOR swapped/secret => 226 .*",
                "MFMT 20200101000000 swapped/secret => 213 .*",
                "SITE CHMOD 777 swapped/secret => 200 .*",
                "MLSD swapped => .*size=%d;.*",
                "CWD /swapped => 250 .*"
            })
    void staysInsideWhileADirectoryAndALinkTakeTurns(String row) throws Exception {
        String[] cells = row.split(" => ", 2);
        String served = cells[1].replace("%d", Integer.toString(PUBLIC.length()));
        Path real = Files.createDirectory(server.home().resolve("real"));
        Files.writeString(real.resolve("secret"), PUBLIC);
        AtomicBoolean done = new AtomicBoolean();
        Thread swapper = Thread.ofPlatform().start(() -> takeTurns(server.home(), done));
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            int servedTimes = 0;
            int refusedTimes = 0;
            for (int i = 0; i < 20_000 && (servedTimes < 5 || refusedTimes < 20); i++) {
                String said = outcome(control, cells[0]);
                assertThat(said)
                        .doesNotContain(SECRET, Integer.toString(SECRET_BYTES), Integer.toString(SECRET_BYTES - 1));
                if (said.matches("(?s)" + served)) {
                    servedTimes++;
                } else {
                    assertThat(said).matches("(?s)5\\d\\d .*|(?s)45[01] .*");
                    refusedTimes++;
                }
            }
            assertThat(servedTimes).isGreaterThanOrEqualTo(5);
            assertThat(refusedTimes).isGreaterThanOrEqualTo(20);
        } finally {
            done.set(true);
            swapper.join();
            deleteAll(real);
        }
    }

    private static void takeTurns(Path home, AtomicBoolean done) {
        try {
            Path name = home.resolve("swapped");
            while (!done.get()) {
                Files.move(home.resolve("real"), name);
                linger();
                Files.move(name, home.resolve("real"));
                Files.move(home.resolve("out"), name);
                linger();
                Files.move(name, home.resolve("out"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A time of a command's order, never twice the same: each step of one may meet either. */
    private static void linger() {
        for (int spins = ThreadLocalRandom.current().nextInt(5_000); spins > 0; spins--) {
            Thread.onSpinWait();
        }
    }

    /** An upload that lost its directory leaves a partial. */
    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static void assertRefused(ControlClient control, String command) throws IOException {
        String said = outcome(control, command);
        assertThat(said).as("reply to %s", command).matches("(?s)5\\d\\d .*");
        assertThat(said).doesNotContain(SECRET, "/outside");
    }

    /** Sends a command with a data connection in reach: what came over it, then the text of the last reply. */
    private static String outcome(ControlClient control, String command) throws IOException {
        if (!command.matches("(RETR|STOR|APPE|LIST|NLST|MLSD) .*|LIST.*")) {
            return control.command(command).text();
        }
        String received = "";
        try (DataClient data = DataClient.connect(control.extendedPassive())) {
            Reply reply = control.command(command);
            if (reply.code() != 150) {
                return reply.text();
            }
            if (command.matches("(STOR|APPE) .*")) {
                data.output().write(PUBLIC.getBytes(StandardCharsets.UTF_8));
            } else {
                received = new String(data.input().readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (SocketException reset) {
            received = ""; // it failed after 150: the reply says why
        }
        return received + control.reply().text();
    }
}
