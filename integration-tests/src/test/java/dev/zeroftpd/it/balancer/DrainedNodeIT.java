package dev.zeroftpd.it.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.FreePorts;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node is upgraded as config/examples/balancer has it, while clients log in, upload and download all the time: none is refused,
 * sent away or cut off.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DrainedNodeIT {

    private static final int LONG_SESSIONS = 6;
    private static final int SHORT_SESSIONS = 10;
    private static final int CURL = 8;

    /** Enough for each kind of client to be among them. */
    private static final int MANY = 3 * (LONG_SESSIONS + SHORT_SESSIONS + CURL);

    /** Each client may have a port of a node to itself, and another one that is about to be free. */
    private static final Haproxy.Ports PORTS = Haproxy.Ports.choose(100);

    @TempDir
    private Path folder;

    private ServerOptions first;
    private ServerOptions second;
    private Path shared;

    /** Both nodes have the same files, as they would on network storage, and the first one keeps its port. */
    @BeforeEach
    void prepareNodes() throws IOException {
        shared = Files.createDirectory(folder.resolve("shared"));
        for (String each : new String[] {"one", "two", "clients", "balancer"}) {
            Files.createDirectory(folder.resolve(each));
        }
        first = onShared(PORTS.one()).with("listener.port", Integer.toString(FreePorts.one()));
        second = onShared(PORTS.two());
    }

    private ServerOptions onShared(ServerOptions node) {
        Account alice = Account.ALICE.atHome(shared.toString());
        return new ServerOptions(node.settings(), List.of(alice), node.userLines(), node.wrapper())
                .with(alice.named(Crowd.LONG.name()));
    }

    @Test
    void noClientNoticesThatANodeIsUpgraded() throws Exception {
        try (ServerProcess old = ServerProcess.start(folder.resolve("one"), first);
                ServerProcess other = ServerProcess.start(folder.resolve("two"), second);
                Haproxy haproxy = Haproxy.start(folder.resolve("balancer"), PORTS, old.address(), other.address());
                Crowd crowd = new Crowd(haproxy.front(), folder.resolve("clients"), shared)) {
            crowd.startLongSessions(LONG_SESSIONS);
            await().until(() -> longSessions(old) + longSessions(other) == LONG_SESSIONS);
            crowd.startShortSessions(SHORT_SESSIONS);
            crowd.startCurl(CURL);
            awaitWork(crowd, () -> haproxy.passedTo("node1") > MANY && haproxy.passedTo("node2") > MANY);
            assertThat(longSessions(old)).isPositive();

            Process drain = drain(old);

            awaitWork(crowd, () -> haproxy.isDown("node1"));
            assertStillAccepts(old.address());
            long passed = haproxy.passedTo("node1");
            long passedToOther = haproxy.passedTo("node2");

            awaitWork(crowd, () -> old.logText().contains("Draining: "));
            int rounds = crowd.longRounds();
            awaitWork(crowd, () -> crowd.longRounds() > rounds + MANY);
            assertThat(longSessions(old)).isPositive();
            assertThat(drain.isAlive()).isTrue();
            crowd.endLongSessions();

            awaitWork(crowd, () -> !drain.isAlive());
            assertThat(drain.exitValue()).isZero();
            assertThat(old.awaitExit()).isZero();
            assertThat(haproxy.passedTo("node1")).isEqualTo(passed);
            assertThat(haproxy.passedTo("node2")).isGreaterThan(passedToOther + MANY);

            try (ServerProcess again = ServerProcess.startConfigured(folder.resolve("one"), first)) {
                awaitWork(crowd, () -> haproxy.isUp("node1"));
                awaitWork(crowd, () -> haproxy.passedTo("node1") > passed + MANY);
                crowd.stop();
                assertThat(haproxy.failures()).isEmpty();
                again.kill(); // the end of a node has been seen
                other.kill();
            }
        }
    }

    private static long longSessions(ServerProcess node) throws IOException {
        return Operator.who(node).stream()
                .filter(session -> Crowd.LONG.name().equals(session.get("user")))
                .count();
    }

    /** Waits, and fails at once with what a client meets meanwhile. */
    private static void awaitWork(Crowd crowd, Callable<Boolean> condition) {
        await().until(() -> {
            crowd.assertAllWork();
            return condition.call();
        });
    }

    private Process drain(ServerProcess node) throws IOException {
        return new ProcessBuilder(Operator.command(node, "drain"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("drain.out").toFile())
                .start();
    }

    /** A balancer that has noticed late would still find it open. */
    private static void assertStillAccepts(InetSocketAddress node) throws IOException {
        try (ControlClient late = Balancer.login(node, Balancer.CLIENT)) {
            late.expect(221, "QUIT");
        }
    }
}
