package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.GuestNetwork;
import dev.zeroftpd.it.support.GuestNetwork.GuestClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that root starts and that becomes another user: it keeps nothing of root's, and everything works on. */
@Tag("attack")
class UserChangeIT {

    private static final String USER = "nobody";

    private static final String PASSWORD = "another password";

    @TempDir
    private Path folder;

    @BeforeEach
    void requireRoot() throws IOException {
        assumeThat(System.getProperty("user.name"))
                .as("only root can become another user")
                .isEqualTo("root");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private ServerProcess start(ServerOptions options) throws IOException {
        ServerOptions changed = options.with("process.user", USER);
        ServerProcess.writeConfiguration(folder, changed);
        give(folder);
        return ServerProcess.startConfigured(folder, changed);
    }

    /** To the user that the server becomes, and to its group: a replaced file keeps both. */
    private static void give(Path folder) throws IOException {
        Command.run(Path.of("/tmp"), "chown", "-R", USER + ":", folder.toString())
                .expectExit(0);
    }

    @Test
    void everyThreadHasLostWhatRootMay() throws Exception {
        int port = freeLowPort(600);
        int adminPort = freeLowPort(port + 1);
        ServerOptions options = ServerOptions.standard()
                .with("listener.port", Integer.toString(port))
                .with("admin.http", "127.0.0.1:" + adminPort);
        try (ServerProcess server = start(options)) {
            assertThat(server.address().getPort()).isEqualTo(port);
            transferBothWays(server);
            assertThat(metrics(adminPort)).contains("zeroftpd_logins_total{result=\"ok\"} 1");
            assertThat(valuesInAllThreads(server, "Uid")).containsExactly(fourTimes("-u"));
            assertThat(valuesInAllThreads(server, "Gid")).containsExactly(fourTimes("-g"));
            assertThat(valuesInAllThreads(server, "Groups")).containsExactly(numbers("-G"));
            assertThat(valuesInAllThreads(server, "CapEff")).containsExactly("0000000000000000");
            assertThat(valuesInAllThreads(server, "CapPrm")).containsExactly("0000000000000000");
            assertThat(Files.getOwner(server.home().resolve("up")).getName()).isEqualTo(USER);
        }
    }

    /** Streams and files, so that threads of all kinds have run. */
    private static void transferBothWays(ServerProcess server) throws IOException {
        PatternFile.write(server.home().resolve("down"), 3_000_000);
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            try (DataClient data = DataClient.connect(client.extendedPassive())) {
                client.expect(150, "RETR down");
                PatternFile.assertRest(data.input(), 0, 3_000_000);
                client.expectReply(226);
            }
            try (DataClient data = DataClient.connect(client.extendedPassive())) {
                client.expect(150, "STOR up");
                data.output().write(new byte[1000]);
            }
            client.expectReply(226);
            try (DataClient data = DataClient.connect(client.extendedPassive())) {
                client.expect(150, "LIST");
                data.input().readAllBytes();
            }
            client.expectReply(226);
        }
    }

    private static String metrics(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("GET /metrics HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int freeLowPort(int from) throws IOException {
        for (int port = from; port < 1023; port++) {
            try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException taken) {
                // the next one
            }
        }
        throw new IOException("no port below 1024 is free");
    }

    private static Set<String> valuesInAllThreads(ServerProcess server, String key) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(server.processId()), "task"))) {
            return threads.flatMap(thread -> value(thread.resolve("status"), key))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** None of a thread that has ended meanwhile. */
    private static Stream<String> value(Path status, String key) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(key + ":"))
                    .map(line -> line.substring(key.length() + 1).strip());
        } catch (NoSuchFileException ended) {
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String fourTimes(String what) throws IOException {
        return String.join("\t", List.of(numbers(what), numbers(what), numbers(what), numbers(what)));
    }

    private String numbers(String what) throws IOException {
        return Command.run(Path.of("/tmp"), "id", what, USER)
                .expectExit(0)
                .output()
                .strip();
    }

    @Test
    void accountsAreReadAgainAndPasswordsReplaced() throws Exception {
        try (ServerProcess server = start(ServerOptions.standard().with("users.upgrade-hashes", "true"))) {
            Path users = folder.resolve("users.properties");
            ControlClient.login(server.address(), Account.ALICE).close();
            await().until(() -> Files.readString(users).contains("$argon2id$"));
            assertThat(Files.getOwner(users).getName()).isEqualTo(USER);
            Files.writeString(users, """
                ftpserver.user.bob.userpassword=another password
                ftpserver.user.bob.homedirectory=home
                ftpserver.user.bob.enableflag=true
                """, StandardOpenOption.APPEND);
            Account bob = new Account("bob", PASSWORD, "home", false, 0, 0, 0, 0);
            await().ignoreExceptions()
                    .untilAsserted(
                            () -> ControlClient.login(server.address(), bob).close());
        }
    }

    @Test
    void aRenewedCertificateIsUsedAndAnUnreadableKeyIsNamed() throws Exception {
        ServerOptions options =
                ServerKeystore.in(folder, ServerOptions.standard()).with("listener.tls", "explicit");
        try (ServerProcess server = start(options)) {
            Path aside = Files.createDirectory(folder.resolve("renewed"));
            Path renewed = ServerKeystore.make(aside);
            give(aside);
            Files.move(renewed, folder.resolve("server.p12"), StandardCopyOption.REPLACE_EXISTING);
            server.hangUp();
            server.awaitLogLine(line -> line.contains("Configuration reloaded"));
            assertThat(server.logText()).doesNotContain("WARN").doesNotContain("Kept the last good");
        }
        Path keystore = folder.resolve("server.p12");
        Files.setAttribute(keystore, "unix:uid", 0);
        Files.setPosixFilePermissions(keystore, PosixFilePermissions.fromString("rw-------"));
        try (ServerProcess server = ServerProcess.startConfigured(folder, options.with("process.user", USER))) {
            assertThat(server.logText()).contains(keystore + " can't be read by nobody");
        }
    }

    @Test
    void bansAreWrittenIntoADirectoryThatTheStartMade() throws Exception {
        GuestNetwork network = GuestNetwork.ofRoot(folder);
        ServerOptions options = ServerOptions.standard()
                .with("listener.address", GuestNetwork.SERVER)
                .with("ban.names", "root")
                .wrappedBy(network.wrapper());
        try (ServerProcess server = start(options)) {
            Path state = folder.resolve("state");
            assertThat(Files.getOwner(state).getName()).isEqualTo(USER);
            try (GuestClient client =
                    network.connect("198.51.100.3", server.address().getPort())) {
                client.expect(220);
                client.send("USER root", "PASS x");
                client.expect(331, 421);
            }
            await().until(() -> Files.exists(state.resolve("bans")));
            assertThat(Files.readString(state.resolve("bans"))).containsPattern(Pattern.quote("198.51.100.3"));
        } finally {
            network.close();
        }
    }
}
