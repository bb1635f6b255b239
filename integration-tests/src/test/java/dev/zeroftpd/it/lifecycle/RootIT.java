package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What root is told that starts a server. */
@Tag("attack")
class RootIT {

    private static final String OTHERS = "--set listener.address=0.0.0.0";

    @TempDir
    private Path folder;

    @BeforeEach
    void configure() throws IOException {
        assumeThat(System.getProperty("user.name"))
                .as("only root can be refused as root")
                .isEqualTo("root");
        ServerProcess.writeConfiguration(folder, ServerOptions.standard());
    }

    /** @param settings words with a blank between them */
    private Command ftpd(String command, String... settings) throws IOException {
        return ftpd(Map.of(), command, settings);
    }

    private Command ftpd(Map<String, String> environment, String command, String... settings) throws IOException {
        return ftpd(Checkout.JAR, environment, command, settings);
    }

    private Command ftpd(Path jar, Map<String, String> environment, String command, String... settings)
            throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Checkout.JAVA.toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                jar.toString(),
                command,
                "--config",
                folder.resolve("ftpd.properties").toString()));
        for (String setting : settings) {
            words.addAll(List.of(setting.split(" ")));
        }
        return Command.run(folder, environment, "", words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "check"})
    void isRefusedWhereOthersCanConnect(String command) throws IOException {
        Command refused = ftpd(command, OTHERS).expectExit(2);
        assertThat(refused.errors())
                .startsWith("error: " + folder.resolve("ftpd.properties") + ": clients of other machines")
                .contains("process.user=NAME", "FTPD_PROCESS_USER=NAME", "process.user=root")
                .doesNotContain("Exception");
        assertThat(refused.output()).isEmpty();
    }

    @Test
    void isLetPassWhereItIsMeant() throws IOException {
        ftpd("check", OTHERS, "--set process.user=root").expectExit(0);
        ftpd(Map.of("FTPD_PROCESS_USER", "root"), "check", OTHERS).expectExit(0);
    }

    @Test
    void isWarnedWhereOnlyThisMachineCanConnect() throws IOException {
        assertThat(ftpd("check").expectExit(0).errors()).containsOnlyOnce("warning: Serving as root");
        try (ServerProcess server = ServerProcess.startConfigured(folder, ServerOptions.standard())) {
            assertThat(server.logText()).containsOnlyOnce("WARN  LeastPrivilege: Serving as root");
        }
    }

    @Test
    void isToldInOneLineThatItServes() throws IOException {
        ServerOptions options = ServerOptions.standard().with("process.user", "root");
        try (ServerProcess server = ServerProcess.start(folder, options)) {
            assertThat(server.logText()).containsOnlyOnce("LeastPrivilege").doesNotContain("WARN");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "check"})
    void isToldWhichUserOrGroupThereIsNot(String command) throws IOException {
        assertThat(ftpd(command, "--set process.user=no-such-user")
                        .expectExit(2)
                        .errors())
                .contains("process.user=no-such-user is no user of this machine");
        assertThat(ftpd(command, "--set process.user=nobody --set process.group=no-such-group")
                        .expectExit(2)
                        .errors())
                .contains("process.group=no-such-group is no group of this machine");
        assertThat(ftpd(command, "--set process.group=nogroup").expectExit(2).errors())
                .contains("process.group is set, but process.user is not");
    }

    @Test
    void isToldWhichPortsTheUserCouldNotBind() throws IOException {
        assumeThat(Files.readString(Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start"))
                        .strip())
                .as("this system keeps low ports for root")
                .isEqualTo("1024");
        assertThat(ftpd("serve", "--set process.user=nobody --set passive.ports=900-1100")
                        .expectExit(2)
                        .errors())
                .contains("passive.ports=900-1100 is bound while the server runs, as nobody");
        assertThat(ftpd("serve", "--set process.user=nobody --set active.local-port=20")
                        .expectExit(2)
                        .errors())
                .contains("active.local-port=20");
    }

    @Test
    void isToldByTheCheckWhatTheUserCannotDo() throws IOException {
        assertThat(ftpd("check", "--set process.user=nobody").expectExit(0).errors())
                .contains(folder.resolve("ftpd.properties") + " can't be read by nobody")
                .contains("The homes of alice can't be entered by nobody");
    }

    @Test
    void isToldWhichOfTheServersOwnFilesTheUserCannotRead() throws IOException {
        Path own = Files.createDirectory(folder.resolve("own")); // beneath a folder that is root's alone
        Command.run(
                        folder,
                        "cp",
                        "-r",
                        Checkout.JAR.toString(),
                        Checkout.JAR.resolveSibling("lib").toString(),
                        own.toString())
                .expectExit(0);
        Path jar = own.resolve("zeroftpd.jar");
        assertThat(ftpd(jar, Map.of(), "serve", "--set process.user=nobody")
                        .expectExit(2)
                        .errors())
                .contains("nobody can't read " + jar);
    }
}
