package dev.zeroftpd.it.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.FreePorts;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Debian's HAProxy with two nodes, all by config/examples/balancer but for the addresses and ports. */
class HaproxyIT {

    private static final Path EXAMPLE = Checkout.ROOT.resolve("config/examples/balancer");
    private static final int PORTS = 20;
    private static final int SIZE = 3 << 20;

    /** Of both nodes together, which get a half each. */
    private static final String PASSIVE = FreePorts.range(PORTS);

    private static final int FIRST = Integer.parseInt(PASSIVE.substring(0, PASSIVE.indexOf('-')));
    private static final String ONE = FIRST + "-" + (FIRST + PORTS / 2 - 1);
    private static final String TWO = (FIRST + PORTS / 2) + "-" + (FIRST + PORTS - 1);

    @RegisterExtension
    private final RunningServer one = RunningServer.with(folder -> node("127.0.0.11", ONE));

    @RegisterExtension
    private final RunningServer two = RunningServer.with(folder -> node("127.0.0.12", TWO));

    @TempDir
    private Path folder;

    private Process haproxy;
    private InetSocketAddress front;

    private static ServerOptions node(String address, String ports) throws IOException {
        Properties example = new Properties();
        try (Reader reader = Files.newBufferedReader(EXAMPLE.resolve("ftpd.properties"))) {
            example.load(reader);
        }
        assertThat(example).containsEntry("listener.proxy-from", "192.0.2.1");
        ServerOptions options = ServerOptions.standard();
        for (String key : example.stringPropertyNames()) {
            if (!key.equals("users.file")) {
                options = options.with(key, example.getProperty(key));
            }
        }
        return options.with("listener.address", address)
                .with("listener.proxy-from", "127.0.0.1")
                .with("passive.ports", ports)
                .with("ban.failures", "3/10m");
    }

    @BeforeEach
    void startHaproxy() throws IOException {
        front = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.one());
        String configuration = Files.readString(EXAMPLE.resolve("haproxy.cfg"))
                .replace("global\n", "global\n    stats socket " + folder.resolve("stats") + "\n")
                .replace("bind :21\n", "bind 127.0.0.1:" + front.getPort() + "\n")
                .replace("bind :50000-50499", "bind 127.0.0.1:" + ONE)
                .replace("bind :50500-50999", "bind 127.0.0.1:" + TWO)
                .replace("192.0.2.11:2121", "127.0.0.11:" + one.address().getPort())
                .replace("192.0.2.12:2121", "127.0.0.12:" + two.address().getPort())
                .replace("192.0.2.11 ", "127.0.0.11 ")
                .replace("192.0.2.12 ", "127.0.0.12 ")
                .replace("send-proxy-v2 check", "send-proxy-v2 check inter 100ms");
        assertThat(configuration.lines().filter(line -> !line.strip().startsWith("#")))
                .noneMatch(line -> line.contains("192.0.2."));
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), configuration);
        haproxy = new ProcessBuilder("/usr/sbin/haproxy", "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.log").toFile())
                .start();
        await().ignoreExceptions().until(() -> isUp("node1") && isUp("node2"));
    }

    @AfterEach
    void stopHaproxy() throws InterruptedException {
        haproxy.destroy();
        assertThat(haproxy.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** By what HAProxy's own health check has found. */
    private boolean isUp(String node) throws IOException {
        try (SocketChannel stats = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            stats.connect(UnixDomainSocketAddress.of(folder.resolve("stats")));
            stats.write(ByteBuffer.wrap("show stat\n".getBytes(StandardCharsets.US_ASCII)));
            String table = new String(Channels.newInputStream(stats).readAllBytes(), StandardCharsets.US_ASCII);
            return table.lines()
                    .anyMatch(line -> line.startsWith("ftp-nodes," + node + ",")
                            && line.contains(",UP,")
                            && line.contains(",L7OK,"));
        }
    }

    private void curl(String from, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                "curl",
                "--silent",
                "--show-error",
                "--interface",
                from,
                "--user",
                Account.ALICE.name() + ":" + Account.ALICE.password()));
        line.addAll(List.of(arguments));
        Command.run(folder, line.toArray(new String[0])).expectExit(0);
    }

    private String url(String name) {
        return "ftp://127.0.0.1:" + front.getPort() + "/" + name;
    }

    @Test
    void curlUploadsAndDownloadsThroughHaproxy() throws IOException {
        Path file = PatternFile.write(folder.resolve("file"), SIZE);
        for (RunningServer node : List.of(one, two)) {
            PatternFile.write(node.home().resolve("file"), SIZE);
        }
        for (String passive : List.of("--ftp-pasv", "--disable-epsv")) {
            for (String client : List.of("127.0.0.5", "127.0.0.6", "127.0.0.7")) {
                curl(client, passive, "--output", "got", url("file"));
                assertThat(folder.resolve("got")).hasSameBinaryContentAs(file);
                curl(client, passive, "--upload-file", "file", url("sent-" + client + passive));
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
        try (ControlClient five = ControlClient.connectFrom(InetAddress.ofLiteral("127.0.0.5"), front);
                ControlClient six = ControlClient.connectFrom(InetAddress.ofLiteral("127.0.0.6"), front)) {
            five.logIn(Account.ALICE);
            six.logIn(Account.ALICE);

            List<Object> addresses = new ArrayList<>();
            for (RunningServer node : List.of(one, two)) {
                Operator.who(node).forEach(session -> addresses.add(session.get("address")));
            }
            assertThat(addresses).containsExactlyInAnyOrder("127.0.0.5", "127.0.0.6");
        }
    }
}
