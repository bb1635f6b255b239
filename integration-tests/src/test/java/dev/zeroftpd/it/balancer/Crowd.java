package dev.zeroftpd.it.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.CommonsNet;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.Way;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.net.ftp.FTPClient;

/**
 * Clients that log in, upload and download through a balancer until they are told to stop. Each one ends at the first reply that
 * it doesn't expect, and at the first wrong byte. One thread starts and closes it, any may ask it.
 */
final class Crowd implements AutoCloseable {

    /** Of clients whose session lasts until {@link #endLongSessions}. */
    static final Account LONG = Account.ALICE.named("long");

    private static final int SIZE = 200_000;

    /** The next round's upload has other bytes than the last one's. */
    private static final int SHIFT = 1009;

    private final InetSocketAddress front;
    private final Path folder;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running = new ArrayList<>();
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicInteger longRounds = new AtomicInteger();
    private volatile boolean sessionsLast = true;
    private volatile boolean over;

    /**
     * One that nothing is started of.
     *
     * @param folder where the clients keep their files
     * @param home of all accounts, on every node
     */
    Crowd(InetSocketAddress front, Path folder, Path home) throws IOException {
        this.front = front;
        this.folder = folder;
        PatternFile.write(home.resolve("file"), SIZE);
    }

    /** Clients of commons-net that stay in one session, and begin another one when they are told to. */
    void startLongSessions(int clients) {
        for (int i = 0; i < clients; i++) {
            String name = "long-" + i;
            start(() -> stayInOneSession(name));
        }
    }

    /** Clients of commons-net with a session for each round. */
    void startShortSessions(int clients) {
        for (int i = 0; i < clients; i++) {
            String name = "short-" + i;
            AtomicInteger round = new AtomicInteger();
            start(() -> {
                FTPClient client = CommonsNet.login(front, Way.Mode.PASSIVE, Account.ALICE);
                exchange(client, name, round.getAndIncrement());
                CommonsNet.logout(client);
                return rounds.incrementAndGet();
            });
        }
    }

    /** Processes of curl, one for each transfer. */
    void startCurl(int clients) {
        for (int i = 0; i < clients; i++) {
            String name = "curl-" + i;
            String address = "127.0.0." + (100 + i);
            AtomicInteger round = new AtomicInteger();
            start(() -> {
                curl(name, address, round.getAndIncrement());
                return rounds.incrementAndGet();
            });
        }
    }

    private void start(Callable<Integer> round) {
        running.add(threads.submit(() -> {
            while (!over) {
                round.call();
            }
            return null;
        }));
    }

    private int stayInOneSession(String name) throws IOException {
        FTPClient client = CommonsNet.login(front, Way.Mode.PASSIVE, LONG);
        int round = 0;
        do {
            exchange(client, name, round++);
            longRounds.incrementAndGet();
        } while (sessionsLast && !over);
        CommonsNet.logout(client);
        return round;
    }

    /** What it has stored, it gets, and what all get is right. */
    private static void exchange(FTPClient client, String name, int round) throws IOException {
        int from = round * SHIFT;
        assertThat(client.storeFile(name, new ByteArrayInputStream(PatternFile.bytes(from, from + SIZE))))
                .as(client.getReplyString())
                .isTrue();
        CommonsNet.retrieve(client, name, 0, data -> PatternFile.assertRest(data, from, from + SIZE));
        CommonsNet.retrieve(client, "file", 0, data -> PatternFile.assertRest(data, 0, SIZE));
    }

    private void curl(String name, String from, int round) throws IOException {
        Path mine = Files.createDirectories(folder.resolve(name));
        int begin = round * SHIFT;
        byte[] sent = PatternFile.bytes(begin, begin + SIZE);
        Files.write(mine.resolve("sent"), sent);
        curl(mine, from, "--upload-file", "sent", name);
        curl(mine, from, "--output", "got", name);
        assertThat(mine.resolve("got")).hasBinaryContent(sent);
        curl(mine, from, "--output", "got", "file");
        assertThat(mine.resolve("got")).hasBinaryContent(PatternFile.bytes(0, SIZE));
    }

    private void curl(Path mine, String from, String option, String local, String remote) throws IOException {
        Balancer.curl(mine, from, option, local, "ftp://127.0.0.1:" + front.getPort() + "/" + remote);
    }

    /** Rounds of clients with short sessions. */
    int rounds() {
        return rounds.get();
    }

    /** Rounds within long sessions. */
    int longRounds() {
        return longRounds.get();
    }

    /** Long sessions end with their round; their clients go on in sessions of one round each. */
    void endLongSessions() {
        sessionsLast = false;
    }

    /** Fails with what a client has met; none ends by itself. */
    void assertAllWork() throws ExecutionException, InterruptedException {
        for (Future<?> client : running) {
            if (client.isDone()) {
                client.get();
            }
        }
    }

    /** Lets all end their round, and fails with what the first of them has met. */
    void stop() throws ExecutionException, InterruptedException {
        over = true;
        for (Future<?> client : running) {
            client.get();
        }
    }

    @Override
    public void close() {
        over = true;
        threads.close();
    }
}
