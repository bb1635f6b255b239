package dev.zeroftpd.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs on a disk that is full: nothing else notices, and the log goes on when there is space. */
class FullLogIT {

    private static final int ROUNDS = 20;

    @TempDir
    private Path folder;

    private Path disk;

    @BeforeEach
    void makeMountPoint() throws IOException {
        disk = Files.createDirectory(folder.resolve("disk"));
    }

    /** The disk holds one page, and a file has it. */
    private List<String> onFullDisk(String redirection) {
        String script = "mount -t tmpfs -o size=4k none \"$0\" && head -c 4096 /dev/zero >\"$0/ballast\" && exec \"$@\""
                + redirection;
        return List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, disk.toString());
    }

    private Path seenBy(ServerProcess server, String file) {
        return Path.of("/proc/" + server.processId() + "/root" + disk.resolve(file));
    }

    @Test
    void aLogFileThatCanNotBeWrittenIsToldOnceAndGoesOnLater() throws IOException {
        Path configuration = folder.resolve("logback.xml");
        Files.writeString(configuration, """
            <configuration>
              <appender name="file" class="ch.qos.logback.core.FileAppender">
                <file>%s</file>
                <encoder><pattern>%%d %%-5level %%logger{0}: %%msg%%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="file"/></root>
            </configuration>
            """.formatted(disk.resolve("log")));
        List<String> wrapper = new ArrayList<>(onFullDisk(""));
        wrapper.addAll(List.of("env", "JAVA_TOOL_OPTIONS=-Dlogback.configurationFile=" + configuration));
        try (ServerProcess server =
                ServerProcess.start(folder, ServerOptions.standard().wrappedBy(wrapper))) {
            server.awaitLogLine(line -> line.contains("the log can't be written") && line.contains("No space left"));
            assertServes(server);
            assertThat(server.logText().lines().filter(line -> line.contains("can't be written")))
                    .hasSize(1);
            assertThat(server.output()).as("standard output").hasSize(2);

            Files.delete(seenBy(server, "ballast"));
            awaitServedUntil(server, () -> server.logText().contains("The log is written again"));
            awaitServedUntil(
                    server, () -> Files.readString(seenBy(server, "log")).contains("STOR"));
            assertThat(server.stop()).isZero();
        }
    }

    @Test
    void standardErrorThatCanNotBeWrittenStopsNothing() throws IOException {
        ServerOptions options = ServerOptions.standard().wrappedBy(onFullDisk(" 2>\"$0/err\""));
        try (ServerProcess server = ServerProcess.start(folder, options)) {
            assertServes(server);
            Files.delete(seenBy(server, "ballast"));
            awaitServedUntil(
                    server, () -> Files.readString(seenBy(server, "err")).contains("STOR"));
            assertThat(server.stop()).isZero();
        }
    }

    private static void assertServes(ServerProcess server) throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            for (int i = 0; i < ROUNDS; i++) {
                byte[] bytes = {(byte) i};
                assertThat(DataClient.sent(client, "STOR file", bytes).code()).isEqualTo(226);
                assertThat(DataClient.received(client, "RETR file")).isEqualTo(bytes);
            }
            client.expect(221, "QUIT");
        }
    }

    /** Logback looks at its disk again when there is something to write, after pauses that grow to minutes. */
    private static void awaitServedUntil(ServerProcess server, Callable<Boolean> end) throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                DataClient.sent(client, "STOR file", new byte[1]);
                return end.call();
            });
        }
    }
}
