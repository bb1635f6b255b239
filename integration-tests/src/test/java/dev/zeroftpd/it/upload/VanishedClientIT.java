package dev.zeroftpd.it.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads whose client ends its control connection without QUIT, by each rule of {@code upload.without-quit}. */
@ParameterizedClass(name = "upload.without-quit={0}")
@ValueSource(strings = {"new", "always", "never"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VanishedClientIT {

    private static final String OLD = "the old file";

    @Parameter
    String rule;

    @RegisterExtension
    private final RunningServer server =
            RunningServer.with(folder -> ServerOptions.standard().with("upload.without-quit", rule));

    @Test
    void whoIsKilledReplacesAFileOnlyWhereTheRuleSaysSo() throws IOException {
        for (int i = 0; i < 5; i++) {
            String name = "killed-" + i;
            Path file = server.home().resolve(name);
            Files.writeString(file, OLD);
            kill(name);
            server.awaitLogLine(line -> line.contains("STOR \"/" + name + "\""));
            assertThat(Files.size(file) != OLD.length()).isEqualTo(rule.equals("always"));
        }
    }

    @Test
    void whoIsKilledLeavesANewFileUnlessTheRuleForbidsIt() throws IOException {
        boolean complete = !rule.equals("never");
        kill("new");
        server.awaitLogLine(line -> line.contains("STOR \"/new\"") && line.endsWith("completed") == complete);
        assertThat(Files.exists(server.home().resolve("new"))).isEqualTo(complete);
    }

    /** As ffmpeg does it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void countsAnUploadWhoseControlConnectionEndedFirst(boolean exists) throws IOException {
        String name = "control-first-" + exists;
        Path file = server.home().resolve(name);
        if (exists) {
            Files.writeString(file, OLD);
        }
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE);
                DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "STOR " + name);
            data.output().write(new byte[1000]);
            client.halfClose();
            data.end();
            boolean complete = rule.equals("always") || (rule.equals("new") && !exists);
            client.expectReply(complete ? 226 : 426);
            assertThat(Files.exists(file) && Files.size(file) == 1000).isEqualTo(complete);
            await().until(() -> verdict(name).isPresent());
            assertThat(verdict(name))
                    .hasValueSatisfying(line -> assertThat(line)
                            .contains(complete ? "counts as complete" : "counts as broken")
                            .contains("upload.without-quit=" + rule));
        }
    }

    @Test
    void doubtsNoUploadWhoseClientIsStillThere() throws IOException {
        Files.writeString(server.home().resolve("here"), OLD);
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(DataClient.sent(client, "STOR here", new byte[10]).code())
                    .isEqualTo(226);
        }
        assertThat(server.home().resolve("here")).hasSize(10);
    }

    private Optional<String> verdict(String name) {
        return server.logText()
                .lines()
                .filter(line -> line.contains("\"/" + name + "\" came from"))
                .findFirst();
    }

    /** Lets curl send a part of a file that it still reads, and kills it. */
    private void kill(String name) throws IOException {
        Process curl = new ProcessBuilder(List.of(
                        "curl",
                        "--silent",
                        "--upload-file",
                        "-",
                        "--user",
                        Account.ALICE.name() + ":" + Account.ALICE.password(),
                        "ftp://127.0.0.1:" + server.address().getPort() + "/" + name))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            OutputStream input = curl.getOutputStream();
            input.write(new byte[300_000]);
            input.flush();
            await().until(this::somethingArrived);
        } finally {
            curl.destroyForcibly();
        }
    }

    private boolean somethingArrived() throws IOException {
        try (Stream<Path> files = Files.list(server.home())) {
            for (Path file : files.filter(VanishedClientIT::isPartial).toList()) {
                if (server.descriptorsOf(file) > 0 && Files.size(file) > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isPartial(Path file) {
        return file.getFileName().toString().contains(".zeroftpd-partial-");
    }
}
