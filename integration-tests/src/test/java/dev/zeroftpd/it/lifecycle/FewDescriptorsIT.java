package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that has no descriptors left: it says so in few lines, and recovers. */
@Tag("attack")
class FewDescriptorsIT {

    private static final String EXHAUSTED = "Too many open files";

    private static final int DESCRIPTORS = 200;

    @Test
    void saysInFewLinesThatItCanAcceptNoMoreAndRecovers(@TempDir Path folder) throws IOException {
        ServerOptions options =
                ServerOptions.standard().wrappedBy(List.of("prlimit", "--nofile=" + DESCRIPTORS + ":" + DESCRIPTORS));
        List<ControlClient> clients = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start(folder, options)) {
            for (int i = 0; i < DESCRIPTORS; i++) {
                clients.add(ControlClient.connectUngreeted(server.address()));
            }
            server.awaitLogLine(line -> line.contains(EXHAUSTED));
            for (ControlClient client : clients) {
                client.close();
            }

            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                ControlClient.login(server.address(), Account.ALICE).close();
                return true;
            });
            assertThat(server.logText().lines().filter(line -> line.contains(EXHAUSTED)))
                    .hasSizeLessThanOrEqualTo(2);
            assertThat(server.logText()).doesNotContain("\tat ");
        }
    }
}
