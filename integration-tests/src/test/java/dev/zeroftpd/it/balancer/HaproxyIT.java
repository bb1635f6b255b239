package dev.zeroftpd.it.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** HAProxy and two nodes, as clients and operators see them. */
class HaproxyIT {

    private static final int SIZE = 3 << 20;

    private static final Haproxy.Ports PORTS = Haproxy.Ports.choose(10);

    private static final int CLIENTS = 10;

    @RegisterExtension
    private final RunningServer one = RunningServer.with(folder -> atOnce(PORTS.one()));

    @RegisterExtension
    private final RunningServer two = RunningServer.with(folder -> atOnce(PORTS.two()));

    @TempDir
    private Path folder;

    private Haproxy haproxy;

    /** {@link DrainedNodeIT} has how they end. */
    private static ServerOptions atOnce(ServerOptions node) {
        return node.with("shutdown.delay", "0s").with("shutdown.session-grace", "0s");
    }

    @BeforeEach
    void startHaproxy() throws IOException {
        haproxy = Haproxy.start(folder, PORTS, one.address(), two.address());
    }

    @AfterEach
    void stopHaproxy() {
        haproxy.close();
    }

    private String url(String name) {
        return "ftp://127.0.0.1:" + haproxy.front().getPort() + "/" + name;
    }

    @Test
    void curlUploadsAndDownloadsThroughHaproxy() throws IOException {
        Path file = PatternFile.write(folder.resolve("file"), SIZE);
        for (RunningServer node : List.of(one, two)) {
            PatternFile.write(node.home().resolve("file"), SIZE);
        }
        for (String passive : List.of("--ftp-pasv", "--disable-epsv")) {
            for (String client : List.of("127.0.0.5", "127.0.0.6", "127.0.0.7")) {
                Balancer.curl(folder, client, passive, "--output", "got", url("file"));
                assertThat(folder.resolve("got")).hasSameBinaryContentAs(file);
                Balancer.curl(folder, client, passive, "--upload-file", "file", url("sent-" + client + passive));
            }
        }
        assertThat(log())
                .contains("127.0.0.5")
                .contains("127.0.0.7")
                .contains("zero-copy")
                .doesNotContain("PROXY");
        assertThat(log().lines().filter(line -> line.contains(" 127.0.0.1 "))).isEmpty();
    }

    private String log() {
        return one.logText() + two.logText();
    }

    @Test
    void whoShowsTheClients() throws IOException {
        try (ControlClient five = ControlClient.connectFrom(InetAddress.ofLiteral("127.0.0.5"), haproxy.front());
                ControlClient six = ControlClient.connectFrom(InetAddress.ofLiteral("127.0.0.6"), haproxy.front())) {
            five.logIn(Account.ALICE);
            six.logIn(Account.ALICE);

            List<Object> addresses = new ArrayList<>();
            for (RunningServer node : List.of(one, two)) {
                Operator.who(node).forEach(session -> addresses.add(session.get("address")));
            }
            assertThat(addresses).containsExactlyInAnyOrder("127.0.0.5", "127.0.0.6");
        }
    }

    @Test
    void newClientsGetTheOtherNodeWhenOneHasVanished() throws IOException {
        Optional<ProcessHandle> node = ProcessHandle.of(one.processId());
        node.ifPresent(ProcessHandle::destroyForcibly);
        node.ifPresent(killed -> killed.onExit().join());

        List<ControlClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(ControlClient.login(haproxy.front(), Account.ALICE));
            }
            assertThat(Operator.who(two)).hasSize(CLIENTS);
        } finally {
            for (ControlClient client : clients) {
                client.close();
            }
        }
    }
}
