package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.util.TrustManagerUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each configuration of config/examples as its README has it started, by clients that want what the README rules out. */
class ExamplesIT {

    private static final String ANONYMOUS = "USER anonymous => 331 .*\nPASS x => 230 .*\n";

    @TempDir
    private Path checkout;

    private Path home;

    @BeforeEach
    void copyExamples() throws IOException {
        Path examples = checkout.resolve("config/examples");
        Files.createDirectories(examples.resolveSibling(""));
        Command.run(
                        checkout,
                        "cp",
                        "-r",
                        Checkout.ROOT.resolve("config/examples").toString(),
                        examples.toString())
                .expectExit(0);
        Files.copy(Checkout.ROOT.resolve("users.properties"), checkout.resolve("users.properties"));
        home = Files.createDirectory(checkout.resolve("ftp-root"));
        PatternFile.write(home.resolve("file"), 100_000);
    }

    /** Ports are free ones; everything else is the example's. */
    private ServerProcess start(String example, String... settings) throws IOException {
        List<String> command = new ArrayList<>(ftpd("serve", example));
        command.addAll(List.of("--set", "listener.address=127.0.0.1", "--set", "listener.port=0"));
        for (String setting : settings) {
            command.addAll(List.of("--set", setting));
        }
        int listeners = 1
                + Math.toIntExact(List.of(settings).stream()
                        .filter(setting -> setting.contains(".port="))
                        .count());
        return ServerProcess.startCommand(checkout, command, listeners);
    }

    private static List<String> ftpd(String command, String example) {
        List<String> words = new ArrayList<>(List.of(Checkout.LAUNCHER.toString()));
        words.addAll(List.of(command.split(" ")));
        words.addAll(List.of("--config", "config/examples/" + example + "/ftpd.properties"));
        return words;
    }

    @Test
    void aMirrorGivesAndTakesNothing() throws IOException {
        Files.createSymbolicLink(home.resolve("latest"), Path.of("file"));
        Files.createSymbolicLink(home.resolve("out"), checkout.resolve("users.properties"));
        try (ServerProcess server = start("anonymous-mirror");
                ControlClient client = ControlClient.connect(server.address())) {
            Dialogue.hold(client, ANONYMOUS + """
                EPSV        => 229 .*
                STOR new    => 55. .*
                STOR file   => 55. .*
                APPE file   => 55. .*
                DELE file   => 55. .*
                MKD dir     => 55. .*
                RNFR file   => 55. .*
                SITE CHMOD 777 file => 55. .*
                RETR out    => 550 .*
                TYPE I      => 200 .*
                SIZE latest => 213 100000
                PORT 127,0,0,1,200,200 => 502 .*\
                """);
            try (DataClient data = DataClient.connect(client.extendedPassive())) {
                client.expect(150, "RETR latest");
                PatternFile.assertRest(data.input(), 0, 100_000);
                client.expectReply(226);
            }
            assertThat(client.expect(200, "SITE ZEROCOPY").text()).contains("zero-copy");
            List<ControlClient> others = new ArrayList<>();
            try {
                for (int i = 1; i < 8; i++) {
                    others.add(ControlClient.connect(server.address()));
                }
                try (ControlClient ninth = ControlClient.connectUngreeted(server.address())) {
                    ninth.expectReply(421);
                }
            } finally {
                for (ControlClient other : others) {
                    other.close();
                }
            }
        }
        assertThat(home).isDirectoryNotContaining("glob:**new");
    }

    /** At 20 MiB a second for an address, however many sessions it has, what both fetch takes two seconds. */
    @Test
    void aMirrorGivesOneAddressItsShareOnly() throws IOException {
        int size = 20 << 20;
        PatternFile.write(home.resolve("large"), size);
        try (ServerProcess server = start("anonymous-mirror");
                ControlClient one = ControlClient.connect(server.address());
                ControlClient other = ControlClient.connect(server.address())) {
            for (ControlClient client : List.of(one, other)) {
                Dialogue.hold(client, ANONYMOUS + "TYPE I => 200 .*");
            }
            long begun = System.nanoTime();
            CompletableFuture<Void> fetched = CompletableFuture.runAsync(() -> fetch(other, size));
            fetch(one, size);
            fetched.join();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
            assertThat(one.expect(200, "SITE ZEROCOPY").text()).contains("zero-copy");
        }
    }

    private static void fetch(ControlClient client, int size) {
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "RETR large");
            PatternFile.assertRest(data.input(), 0, size);
            client.expectReply(226);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void behindNatThePublicAddressAndItsPortsAreTold() throws IOException {
        try (ServerProcess server = start("behind-nat");
                ControlClient client = ControlClient.connect(server.address())) {
            Dialogue.hold(
                    client,
                    ANONYMOUS
                            + "PORT 127,0,0,1,200,200 => 502 .*\nEPRT |1|127.0.0.1|51400| => 502 .*\nTYPE I => 200 .*");
            InetSocketAddress announced = client.passive();
            assertThat(announced.getHostString()).isEqualTo("203.0.113.7");
            assertThat(announced.getPort()).isBetween(50_000, 50_009);
            InetSocketAddress reachable = client.extendedPassive();
            assertThat(reachable.getPort()).isBetween(50_000, 50_009);
            try (DataClient data = DataClient.connect(reachable)) {
                client.expect(150, "RETR file");
                PatternFile.assertRest(data.input(), 0, 100_000);
                client.expectReply(226);
            }
        }
    }

    @Test
    void withFtpsOnlyNothingGoesInClear() throws IOException {
        Command.run(checkout, Map.of(), "", List.of("sh", "-c", certificateCommand()))
                .expectExit(0);
        try (ServerProcess server = start("ftps-required", "listener.implicit.port=0")) {
            try (ControlClient clear = ControlClient.connect(server.address())) {
                Dialogue.hold(clear, """
                    USER anonymous => 530 .*TLS.*
                    PASS x         => 5.. .*
                    EPSV           => 530 .*
                    RETR file      => 530 .*\
                    """);
            }
            for (InetSocketAddress listener : server.listeners()) {
                FTPSClient client = new FTPSClient(!listener.equals(server.address()));
                try {
                    assertOnlyProtectedTransfers(client, listener);
                } finally {
                    client.disconnect();
                }
            }
        }
    }

    /** The second block of the README that isn't about the server. */
    private static String certificateCommand() throws IOException {
        String readme = Files.readString(Checkout.ROOT.resolve("config/examples/ftps-required/README.md"));
        int begin = readme.indexOf("openssl req");
        return readme.substring(begin, readme.indexOf("\n\n", begin));
    }

    private static void assertOnlyProtectedTransfers(FTPSClient client, InetSocketAddress listener) throws IOException {
        client.setTrustManager(TrustManagerUtils.getAcceptAllTrustManager());
        client.setDefaultTimeout(30_000);
        client.connect(listener.getAddress(), listener.getPort());
        assertThat(client.login("anonymous", "x")).isTrue();
        for (String command : List.of("RETR file", "LIST", "NLST", "MLSD", "STOR new", "APPE file", "STOU")) {
            assertThat(client.sendCommand("EPSV")).isEqualTo(229);
            assertThat(client.sendCommand(command))
                    .as("%s on %s", command, listener)
                    .isEqualTo(522);
        }
        client.execPBSZ(0);
        assertThat(client.sendCommand("PROT", "C")).isEqualTo(534);
        assertThatThrownBy(() -> client.sendCommand("CCC"))
                .as("commons-net's way to say it")
                .hasMessageContaining("534");
        client.execPROT("P");
        assertThat(client.listNames()).as("without resuming the session").isNull();
        assertThat(client.getReplyCode()).isEqualTo(425);
    }

    @Test
    void aTeamsUploadIsSeenWhenItIsCompleteAndNoFurtherThanTheGroup() throws IOException {
        Path ann = Files.createDirectory(checkout.resolve("ann"));
        Files.createSymbolicLink(ann.resolve("link"), Path.of("new"));
        Command.run(
                        checkout,
                        Map.of(),
                        "looking-glass\n",
                        ftpd("user add ann --home " + ann + " --write --password-stdin", "team-uploads"))
                .expectExit(0);
        try (ServerProcess server = start("team-uploads")) {
            Account account = new Account("ann", "looking-glass", ann.toString(), true, 0, 0, 0, 0);
            try (ControlClient client = ControlClient.login(server.address(), account);
                    DataClient data = DataClient.connect(client.extendedPassive())) {
                client.expect(150, "STOR new");
                data.output().write(new byte[1000]);
                assertThat(ann.resolve("new")).doesNotExist();
                data.end();
                client.expectReply(226);
                assertThat(ann.resolve("new")).hasSize(1000);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ann.resolve("new"))))
                        .isEqualTo("rw-r-----");
                client.expect(550, "SIZE link");
            }
            try (ControlClient client = ControlClient.login(server.address(), account)) {
                DataClient data = DataClient.connect(client.extendedPassive());
                client.expect(150, "STOR big");
                data.output().write(new byte[1000]);
                await().until(() -> client.expect(211, "STAT").text().contains(" 1000 bytes"));
                data.reset();
                client.expectReply(426);
                client.expect(213, "SIZE big");
                assertThat(ann.resolve("big")).doesNotExist();
                assertThat(DataClient.sent(client, "APPE big", new byte[500]).code())
                        .isEqualTo(226);
            }
            assertThat(ann.resolve("big")).hasSize(1500);
        }
    }
}
