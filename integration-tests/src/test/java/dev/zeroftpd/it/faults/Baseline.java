package dev.zeroftpd.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.ServerUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What a server holds before a fault, and has to hold again after it: no session, descriptor or thread more. Immutable. */
record Baseline(ServerUnderTest server, Account account, long descriptors, int threads) {

    /** Threads come on demand and stay for a while: 64 for commands, 32 carriers, the JIT compiler's. A leak would be hundreds. */
    private static final int THREADS_ON_DEMAND = 64 + 32 + 24;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Transfers once before it looks: the first transfer loads classes and opens what stays open. */
    static Baseline of(ServerUnderTest server, Account account) throws IOException {
        serves(server, account);
        return new Baseline(server, account, descriptorsAtRest(server), server.threads());
    }

    /** A socket that is closed keeps its descriptor until a selector has dropped it. */
    private static long descriptorsAtRest(ServerUnderTest server) {
        AtomicLong last = new AtomicLong();
        await().during(Duration.ofMillis(300)).until(() -> {
            long now = server.descriptors();
            return last.getAndSet(now) == now;
        });
        return last.get();
    }

    /** Waits until each login has had its logout: a session ends a little later than its socket. */
    void awaitLogouts() {
        await().atMost(PATIENCE).until(() -> {
            String log = server.logText();
            return count(log, " LOGIN in clear") == count(log, " LOGOUT after ");
        });
    }

    private static long count(String log, String words) {
        return log.lines().filter(line -> line.contains(words)).count();
    }

    /** The fault is over: waits until the server has given back what it held, serves, and ends well with no session. */
    void awaitAgainAndStop() throws IOException {
        awaitAgain();
        assertThat(server.stop()).as("exit code").isZero();
        assertThat(server.logText())
                .contains("Draining: 0 sessions, 0 transfers")
                .doesNotContain(" ERROR ", "\tat ");
    }

    void awaitAgain() throws IOException {
        serves(server, account);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.descriptors()).isLessThanOrEqualTo(descriptors));
        assertThat(server.threads()).isLessThan(threads + THREADS_ON_DEMAND);
    }

    private static void serves(ServerUnderTest server, Account account) throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), account)) {
            byte[] bytes = "served".getBytes(StandardCharsets.US_ASCII);
            String name = "served-" + COUNT.incrementAndGet();
            assertThat(DataClient.sent(client, "STOR " + name, bytes).code()).isEqualTo(226);
            assertThat(DataClient.received(client, "RETR " + name)).isEqualTo(bytes);
            client.expect(250, "DELE " + name);
            client.expect(221, "QUIT");
            assertThat(client.isEndedByServer()).isTrue();
        }
    }
}
