package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.FreePorts;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code ftpd} command as it is typed: what it starts, says and returns. */
class LauncherIT {

    @TempDir
    Path folder;

    @BeforeEach
    void writeConfiguration() throws IOException {
        ServerProcess.writeConfiguration(folder, ServerOptions.standard());
    }

    @Test
    void servesAndBecomesTheServer() throws IOException {
        try (ServerProcess server = ServerProcess.startCommand(folder, ftpd("serve", "--config", config()), 2)) {
            assertThat(Files.readString(Path.of("/proc", Long.toString(server.processId()), "comm")))
                    .startsWith("java");
            PatternFile.write(server.home().resolve("file"), 1000);
            try (ControlClient control = ControlClient.login(server.address(), Account.ALICE);
                    DataClient data = DataClient.connect(control.extendedPassive())) {
                control.expect(150, "RETR file");
                PatternFile.assertRest(data.input(), 0, 1000);
                control.expectReply(226);
            }
            assertThat(server.output()).hasSize(2);
            assertThat(server.stop()).isZero();
        }
    }

    @Test
    void settingsOfTheCommandLineWinOverTheFile() throws IOException {
        int port = FreePorts.one();
        try (ServerProcess server = ServerProcess.startCommand(
                folder, ftpd("serve", "--config", config(), "--set", "listener.port=" + port), 2)) {
            assertThat(server.address().getPort()).isEqualTo(port);
        }
    }

    @Test
    void acceptsAnAccountThatIsAddedWhileItServes() throws IOException {
        try (ServerProcess server = ServerProcess.startCommand(folder, ftpd("serve", "--config", config()), 2)) {
            Command.run(
                            folder,
                            Map.of(),
                            "looking-glass\n",
                            ftpd("user", "add", "bob", "--home", "home", "--password-stdin", "--config", config()))
                    .expectExit(0);

            await().untilAsserted(() -> {
                try (ControlClient control = ControlClient.connect(server.address())) {
                    control.expect(331, "USER bob");
                    control.expect(230, "PASS looking-glass");
                }
            });
            assertThat(Files.readString(folder.resolve("users.properties")))
                    .contains("ftpserver.user.alice.")
                    .doesNotContain("looking-glass");
        }
    }

    @Test
    void saysItsVersionAndHelps() throws IOException {
        assertThat(run("--version").expectExit(0).output()).containsPattern("\\d+\\.\\d+");
        assertThat(run("--help").expectExit(0).output()).contains("serve", "check", "user");
        assertThat(run("serve", "--help").expectExit(0).output()).contains("--config", "--set");
    }

    @Test
    void checkTellsWhatWouldBeServed() throws IOException {
        Command check = run("check", "--config", config()).expectExit(0);

        assertThat(check.output()).contains("127.0.0.1").contains("alice");
    }

    @Test
    void checkNamesEveryErrorAtOnce() throws IOException {
        Files.writeString(folder.resolve("ftpd.properties"), """
            listener.prot=2121
            transfer.stall-timeout=soon
            users.file=missing.properties
            """);

        Command check = run("check", "--config", config()).expectExit(2);

        assertThat(check.output() + check.errors())
                .contains("listener.prot")
                .contains("listener.port")
                .contains("transfer.stall-timeout")
                .contains("soon")
                .contains("missing.properties");
    }

    @Test
    void badUsageIsExitCodeTwo() throws IOException {
        run("srve").expectExit(2);
        run("serve", "--nonsense").expectExit(2);
        run("serve", "--config", "/does/not/exist").expectExit(2);
        run("serve", "--config", config(), "--set", "listener.prot=1").expectExit(2);
    }

    @Test
    void aPortInUseIsExitCodeTwoAndNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            Command serve = run("serve", "--config", config(), "--set", "listener.port=" + taken.getLocalPort())
                    .expectExit(2);

            assertThat(serve.errors())
                    .contains("127.0.0.1:" + taken.getLocalPort() + " is in use by ")
                    .contains("(process " + ProcessHandle.current().pid() + ")");
            assertThat(serve.output()).isEmpty();
        }
    }

    @Test
    void anAddressOfAnotherMachineAndAnUnknownHostAreNamed() throws IOException {
        String meant = "process.user=" + System.getProperty("user.name"); // else root is refused before
        assertThat(run("serve", "--config", config(), "--set", meant, "--set", "listener.address=203.0.113.77")
                        .expectExit(2)
                        .errors())
                .contains("listener.address=203.0.113.77 is no address of this machine");
        assertThat(run("serve", "--config", config(), "--set", meant, "--set", "listener.address=no-such-host.invalid")
                        .expectExit(2)
                        .errors())
                .contains("listener.address=no-such-host.invalid is no host that this machine knows");
    }

    /** Any user may be one whom the system doesn't know: then port 1 is not theirs. */
    @Test
    void aPrivilegedPortIsNamed() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become another user");
        List<String> asAnother =
                new ArrayList<>(List.of("setpriv", "--reuid", "65534", "--clear-groups", "--bounding-set", "-all"));
        asAnother.addAll(ftpd("serve", "--config", config(), "--set", "listener.port=1"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(Command.run(folder, Map.of(), "", asAnother).expectExit(2).errors())
                .contains("listener.port=1 is a privileged port", "CAP_NET_BIND_SERVICE");
    }

    private Command run(String... arguments) throws IOException {
        return Command.run(folder, Map.of(), "", ftpd(arguments));
    }

    private static List<String> ftpd(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Checkout.LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private String config() {
        return folder.resolve("ftpd.properties").toString();
    }
}
