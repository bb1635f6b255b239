package dev.zeroftpd.it.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Clients that keep a server busy while it ends. One thread. */
final class Load {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<BusyClient> clients;

    Load(int size) {
        clients = IntStream.range(0, size).mapToObj(BusyClient::new).toList();
    }

    /** How a server is ended. */
    interface End {
        void now() throws IOException;
    }

    /**
     * Runs all clients, and ends the server by {@code end} when they have done {@code rounds} more rounds together. Returns when
     * each client has noticed; an end of its connection, or a refusal after the end began, is what it expects.
     */
    void run(InetSocketAddress server, int rounds, End end) throws Exception {
        int wanted = rounds() + rounds;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (BusyClient client : clients) {
                running.add(threads.submit(() -> {
                    client.workUntilTheEnd(server);
                    return null;
                }));
            }
            try {
                await().atMost(PATIENCE)
                        .until(() -> rounds() >= wanted || running.stream().anyMatch(Future::isDone));
                failIfOneHasEnded(running);
            } finally {
                end.now(); // otherwise they would work for ever
            }
            for (Future<?> one : running) {
                awaitEnd(one);
            }
        }
    }

    private static void failIfOneHasEnded(List<Future<?>> running) throws Exception {
        for (Future<?> one : running) {
            if (one.isDone()) {
                one.get();
                throw new AssertionError("the server has ended a session too early");
            }
        }
    }

    /** Replies such as 421 and 426 come as assertions that expected others; wrong bytes are found on the disk. */
    private static void awaitEnd(Future<?> client) throws InterruptedException {
        try {
            client.get();
        } catch (ExecutionException ended) {
            if (!(ended.getCause() instanceof IOException) && !isRefusal(ended)) {
                throw new AssertionError(ended);
            }
        }
    }

    private static boolean isRefusal(Throwable failure) {
        return String.valueOf(failure.getMessage()).matches("(?s).*reply to .*: 4\\d\\d .*");
    }

    private int rounds() {
        return clients.stream().mapToInt(BusyClient::rounds).sum();
    }

    void assertWhole(Path home) throws IOException {
        for (BusyClient client : clients) {
            client.assertWhole(home);
        }
    }

    /** Returns how many uploads could be continued. */
    int resume(InetSocketAddress server, Path home) throws IOException {
        int resumed = 0;
        for (BusyClient client : clients) {
            resumed += client.resume(server, home) ? 1 : 0;
        }
        return resumed;
    }
}
