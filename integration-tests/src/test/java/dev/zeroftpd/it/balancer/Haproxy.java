package dev.zeroftpd.it.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.FreePorts;
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
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * Debian's HAProxy with two nodes, all by config/examples/balancer but for the addresses and ports. One thread starts and closes
 * it, any may ask it.
 */
final class Haproxy implements AutoCloseable {

    static final String ONE = "127.0.0.11";
    static final String TWO = "127.0.0.12";

    private static final Path EXAMPLE = Checkout.ROOT.resolve("config/examples/balancer");

    private final Path folder;
    private final InetSocketAddress front;
    private final Process process;

    /** The ports of both nodes. Immutable. */
    record Ports(String passiveOne, String passiveTwo, int admin) {

        /** Free ones. */
        static Ports choose(int passiveEach) {
            return new Ports(FreePorts.range(passiveEach), FreePorts.range(passiveEach), FreePorts.one());
        }

        ServerOptions one() throws IOException {
            return node(ONE, passiveOne);
        }

        ServerOptions two() throws IOException {
            return node(TWO, passiveTwo);
        }

        private ServerOptions node(String address, String passive) throws IOException {
            Properties example = new Properties();
            try (Reader reader = Files.newBufferedReader(EXAMPLE.resolve("ftpd.properties"))) {
                example.load(reader);
            }
            assertThat(example)
                    .containsEntry("listener.proxy-from", "192.0.2.1")
                    .containsEntry("admin.allow-from", "192.0.2.1")
                    .containsEntry("admin.http", "0.0.0.0:9121");
            ServerOptions options = ServerOptions.standard();
            for (String key : example.stringPropertyNames()) {
                if (!key.equals("users.file")) {
                    options = options.with(key, example.getProperty(key));
                }
            }
            return options.with("listener.address", address)
                    .with("listener.proxy-from", "127.0.0.1")
                    .with("admin.allow-from", "127.0.0.1")
                    .with("admin.http", address + ":" + admin)
                    .with("passive.ports", passive);
        }
    }

    private Haproxy(Path folder, InetSocketAddress front, Process process) {
        this.folder = folder;
        this.front = front;
        this.process = process;
    }

    /** Starts it in front of two nodes that run; returns when its health checks have found both. */
    static Haproxy start(Path folder, Ports ports, InetSocketAddress one, InetSocketAddress two) throws IOException {
        InetSocketAddress front = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.one());
        String configuration = Files.readString(EXAMPLE.resolve("haproxy.cfg"))
                .replace("global\n", "global\n    stats socket " + folder.resolve("stats") + "\n")
                .replace("bind :21\n", "bind 127.0.0.1:" + front.getPort() + "\n")
                .replace("bind :50000-50499", "bind 127.0.0.1:" + ports.passiveOne())
                .replace("bind :50500-50999", "bind 127.0.0.1:" + ports.passiveTwo())
                .replace("port 9121", "port " + ports.admin())
                .replace("192.0.2.11:2121", ONE + ":" + one.getPort())
                .replace("192.0.2.12:2121", TWO + ":" + two.getPort())
                .replace("192.0.2.11 ", ONE + " ")
                .replace("192.0.2.12 ", TWO + " ");
        assertThat(configuration.lines().filter(line -> !line.strip().startsWith("#")))
                .noneMatch(line -> line.contains("192.0.2."));
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), configuration);
        Process process = new ProcessBuilder("/usr/sbin/haproxy", "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.log").toFile())
                .start();
        Haproxy haproxy = new Haproxy(folder, front, process);
        await().ignoreExceptions().until(() -> haproxy.isUp("node1") && haproxy.isUp("node2"));
        return haproxy;
    }

    /** Where clients connect to. */
    InetSocketAddress front() {
        return front;
    }

    /** Whether its health check has found the node well. */
    boolean isUp(String node) throws IOException {
        return column("ftp-nodes", node, "status").equals("UP")
                && column("ftp-nodes", node, "check_status").startsWith("L7OK");
    }

    boolean isDown(String node) throws IOException {
        return column("ftp-nodes", node, "status").equals("DOWN");
    }

    /** How many connections of clients it has passed to the node. */
    long passedTo(String node) throws IOException {
        return Long.parseLong(column("ftp-nodes", node, "stot"));
    }

    /** Attempts to connect to a node that failed, whether a further one went well or not, as {@code SERVER COUNTER=N}. */
    List<String> failures() throws IOException {
        List<String> failures = new ArrayList<>();
        for (String server :
                List.of("ftp-nodes,node1", "ftp-nodes,node2", "passive-node1,node1", "passive-node2,node2")) {
            String[] names = server.split(",", -1);
            for (String counter : List.of("econ", "wretr", "wredis")) {
                String count = column(names[0], names[1], counter);
                if (!count.equals("0")) {
                    failures.add(server + " " + counter + "=" + count);
                }
            }
        }
        return failures;
    }

    /** What {@code show stat} has in a column of a server's line. */
    private String column(String proxy, String server, String name) throws IOException {
        List<String> table = table();
        int column = Arrays.asList(table.getFirst().substring(2).split(",", -1)).indexOf(name);
        return table.stream()
                .filter(line -> line.startsWith(proxy + "," + server + ","))
                .map(line -> line.split(",", -1)[column])
                .findFirst()
                .orElseThrow();
    }

    private List<String> table() throws IOException {
        try (SocketChannel stats = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            stats.connect(UnixDomainSocketAddress.of(folder.resolve("stats")));
            stats.write(ByteBuffer.wrap("show stat\n".getBytes(StandardCharsets.US_ASCII)));
            return new String(Channels.newInputStream(stats).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
