package dev.zeroftpd.it.operating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control socket: whose it is, what it stands, and how servers share its name. */
class ControlSocketIT {

    private static final long SIZE = 64L << 20;

    /** More than a UNIX socket takes for a process that doesn't read. */
    private static final int FLOOD = 64 << 20;

    private static final String AS_ANOTHER_USER = """
        import socket, sys
        s = socket.socket(socket.AF_UNIX)
        s.connect(sys.argv[1])
        print(s.makefile().read())
        """;

    @TempDir
    Path folder;

    private ServerProcess start() throws IOException {
        return ServerProcess.start(Files.createDirectories(folder.resolve("server")), ServerOptions.standard());
    }

    private static SocketChannel connect(ServerProcess server) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(Operator.socket(server)));
    }

    private static String ask(ServerProcess server, String sent) throws IOException {
        try (SocketChannel channel = connect(server)) {
            ByteBuffer bytes = ByteBuffer.wrap(sent.getBytes(StandardCharsets.UTF_8));
            write(channel, bytes);
            return line(channel);
        }
    }

    /** All of it, unless the server has had enough. */
    private static void write(SocketChannel channel, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException refused) {
            assertThat(refused).hasMessageContaining("Broken pipe");
        }
    }

    private static String line(SocketChannel channel) throws IOException {
        StringBuilder line = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (channel.read(one) > 0 && one.get(0) != '\n') {
            line.append((char) one.get(0));
            one.clear();
        }
        return line.toString();
    }

    private static void assertServes(ServerProcess server) throws IOException {
        assertThat(Operator.ftpd(server, "status").expectExit(0).output()).contains("process " + server.processId());
        ControlClient.login(server.address(), Account.ALICE).close();
    }

    @Test
    void isForTheServersUserAloneAndGoesWithTheServer() throws IOException {
        try (ServerProcess server = start()) {
            Path socket = Operator.socket(server);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                    .isEqualTo("rwx------");
            assertThat(server.stop()).isZero();
            assertThat(socket.getParent()).isEmptyDirectory();
            assertThat(Operator.ftpd(server, "status").expectExit(3).errors())
                    .startsWith("error: no server answers at " + socket);
        }
    }

    @Test
    void anotherUserIsRefusedEvenWhereTheFileLetsThemIn() throws IOException {
        assumeTrue(Files.getOwner(folder).getName().equals("root"), "only root can become another user");
        try (ServerProcess server = start()) {
            Path socket = Operator.socket(server);
            for (Path open : List.of(folder, server.folder(), socket.getParent())) {
                Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));

            Command asked = Command.run(
                    folder,
                    "setpriv",
                    "--reuid=nobody",
                    "--regid=nogroup",
                    "--clear-groups",
                    "/usr/bin/python3",
                    "-c",
                    AS_ANOTHER_USER,
                    socket.toString());

            assertThat(asked.expectExit(0).output()).contains("\"result\":\"refused\"", "only root and root may ask");
            assertServes(server);
        }
    }

    @Test
    void answersNonsenseInOneLine() throws IOException {
        try (ServerProcess server = start()) {
            assertThat(ask(server, "\n")).contains("\"result\":\"refused\"");
            assertThat(ask(server, "GET / HTTP/1.1\n")).contains("the request is no JSON object");
            assertThat(ask(server, "[1]\n")).contains("the request is no JSON object");
            assertThat(ask(server, "{}\n")).contains("has no \\\"command\\\"");
            assertThat(ask(server, "{\"command\":\"destroy\"}\n")).contains("knows no command of that name");
            assertThat(ask(server, "{\"command\":\"kick\",\"session\":7}\n")).contains("must be a text");
            assertThat(ask(server, "{\"command\":\"kick\",\"ban_seconds\":1e99}\n"))
                    .contains("refused");
            assertThat(ask(server, "{\"command\":" + "[".repeat(10_000) + "\n")).contains("no JSON object");
            assertThat(ask(server, "x".repeat(1 << 20))).contains("longer than");
            assertServes(server);
            assertThat(server.logText()).doesNotContain("ERROR");
        }
    }

    @Test
    void anOperatorWhoNeverReadsHoldsUpNoOther() throws IOException {
        try (ServerProcess server = start();
                SocketChannel channel = connect(server)) {
            channel.configureBlocking(false);
            ByteBuffer requests =
                    ByteBuffer.wrap(String.join("", Collections.nCopies(FLOOD / 21, "{\"command\":\"status\"}\n"))
                            .getBytes(StandardCharsets.US_ASCII));
            int taken;
            do {
                taken = channel.write(requests);
            } while (taken > 0);
            assertThat(requests.hasRemaining()).isTrue();
            assertServes(server);
        }
    }

    @Test
    void aServerThatFindsAnotherAtItsSocketServesWithoutOne() throws IOException {
        try (ServerProcess first = start()) {
            Path others = Files.createDirectories(folder.resolve("other"));
            try (ServerProcess second = ServerProcess.start(
                    others,
                    ServerOptions.standard()
                            .with("control.socket", Operator.socket(first).toString()))) {
                assertThat(second.logText())
                        .contains("because process " + first.processId() + " serves at " + Operator.socket(first));
                ControlClient.login(second.address(), Account.ALICE).close();
            }
            assertServes(first);
        }
    }

    @Test
    void whatAKilledServerLeftIsReplaced() throws IOException {
        try (ServerProcess killed = start()) {
            killed.kill();
            assertThat(Operator.socket(killed)).exists();
            Operator.ftpd(killed, "status").expectExit(3);
        }
        try (ServerProcess next = start()) {
            assertServes(next);
        }
    }

    @Test
    void aServerThatDrainsLeavesItsSocketToTheNextOne() throws IOException {
        ServerOptions patient = ServerOptions.standard().with("shutdown.grace", "30s");
        Path place = Files.createDirectories(folder.resolve("server"));
        try (ServerProcess old = ServerProcess.start(place, patient);
                ControlClient idle = ControlClient.login(old.address(), Account.ALICE);
                ControlClient client = ControlClient.login(old.address(), Account.ALICE)) {
            PatternFile.write(old.home().resolve("file"), SIZE);
            try (DataClient data = DataClient.connect(client.extendedPassive())) {
                client.expect(150, "RETR file");
                old.terminate();
                idle.expectReply(421);
                assertThat(Operator.ftpd(old, "status").expectExit(0).output()).contains("draining");

                Path next = Files.createDirectories(folder.resolve("next"));
                try (ServerProcess successor = ServerProcess.start(
                        next,
                        ServerOptions.standard()
                                .with("control.socket", Operator.socket(old).toString()))) {
                    assertServes(successor);
                    Path aside = Operator.socket(old).resolveSibling("ftpd.sock." + old.processId());
                    assertThat(aside).exists();

                    data.drain();
                    client.expectReply(226);
                    assertThat(old.awaitExit()).isZero();

                    assertThat(aside).doesNotExist();
                    assertServes(successor);
                }
            }
        }
    }

    @Test
    void aPlaceThatCanBeWrittenByOthersIsRefused() throws IOException {
        Path open = Files.createDirectories(folder.resolve("server/run"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (ServerProcess server = start()) {
            assertThat(server.logText()).contains("because others may write to the directory " + open);
            ControlClient.login(server.address(), Account.ALICE).close();
            assertThat(open).isEmptyDirectory();
        }
    }

    @Test
    void anEmptyKeyIsNoSocket() throws IOException {
        try (ServerProcess server =
                ServerProcess.start(folder, ServerOptions.standard().with("control.socket", ""))) {
            Operator.ftpd(server, "status").expectExit(3);
            assertThat(server.logText()).doesNotContain("control.socket");
        }
    }

    @Test
    void aBrokenEditOfTheConfigurationKeepsNoOperatorFromAsking() throws IOException {
        try (ServerProcess server = start()) {
            Path file = server.folder().resolve("ftpd.properties");
            Files.writeString(file, Files.readString(file) + "limits.sessions=many\nnonsense=1\n");
            Operator.ftpd(server, "status").expectExit(0);
        }
    }

    @Test
    void aMistypedOptionEndsNoOtherServer() throws IOException {
        try (ServerProcess server = start()) {
            assertThat(Operator.ftpd(server, "drain", "--set", "control.sockt=/run/other.sock")
                            .expectExit(2)
                            .errors())
                    .contains("did you mean control.socket?");
            assertThat(ask(server, "{\"command\":\"ban\",\"address\":\"192.0.2.7\",\"second\":60}\n"))
                    .contains("\"code\":2", "did you mean \\\"seconds\\\"?");
            assertServes(server);
        }
    }

    @Test
    void everyCommandHasItsHelp() throws IOException {
        Map<String, String> words = Map.of(
                "status",
                "--json",
                "who",
                "--json",
                "kick",
                "--session",
                "ban",
                "--for",
                "unban",
                "--json",
                "bans",
                "--json",
                "reload",
                "--json",
                "drain",
                "--deadline",
                "trace",
                "--address",
                "doctor",
                "--json");
        for (Map.Entry<String, String> each : words.entrySet()) {
            Command help = Command.run(
                    folder,
                    Checkout.JAVA.toString(),
                    "-cp",
                    Checkout.JAR.toString(),
                    "dev.zeroftpd.cli.Main",
                    each.getKey(),
                    "--help");
            assertThat(help.expectExit(0).output()).contains(each.getValue());
        }
    }
}
