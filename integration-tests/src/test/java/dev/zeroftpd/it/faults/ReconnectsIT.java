package dev.zeroftpd.it.faults;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that connect, say something or nothing, and leave, as fast as the machine can. */
class ReconnectsIT {

    /** {@code -Dfaults.reconnects=60000} for as many as 1,000 a second are in a minute. */
    private static final int RECONNECTS = Integer.getInteger("faults.reconnects", 2_000);

    private static final int CLIENTS = 8;

    /** A port that is left can't be used again for a minute, so the clients have several addresses. */
    private static final int ADDRESSES = 50;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void leaveNothingAndKeepNoSessionWaiting() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard())) {
            Baseline before = Baseline.of(server, Account.ALICE);
            long begun = System.nanoTime();
            try (ControlClient steady = ControlClient.login(server.address(), Account.ALICE);
                    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
                List<Future<?>> clients = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    int first = i;
                    clients.add(threads.submit(() -> {
                        for (int number = first; number < RECONNECTS; number += CLIENTS) {
                            reconnect(server, number);
                        }
                        return null;
                    }));
                }
                while (!clients.stream().allMatch(Future::isDone)) {
                    steady.expect(200, "NOOP");
                }
                for (Future<?> client : clients) {
                    client.get();
                }
            }
            long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            System.err.printf("%d reconnects in %d ms%n", RECONNECTS, millis);
            before.awaitAgainAndStop();
        }
    }

    private static void reconnect(ServerProcess server, int number) throws IOException {
        InetAddress address = InetAddress.ofLiteral("127.0.1." + (1 + number % ADDRESSES));
        try (ControlClient client = ControlClient.connectFrom(address, server.address())) {
            switch (number % 4) {
                case 0 -> {
                    client.logIn(Account.ALICE);
                    client.expect(221, "QUIT");
                }
                case 1 -> client.reset();
                case 2 -> client.send("USER alice", "PASS wonderland", "EPSV", "PWD");
                default -> client.expect(221, "QUIT");
            }
        }
    }
}
