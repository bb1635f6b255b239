package dev.zeroftpd.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Five hundred sessions that all do something at once, on a heap of 64 MiB: each gets what it asked for. */
class SmallHeapIT {

    private static final int SESSIONS = 500;
    private static final int SIZE = 300_000;
    private static final int ENTRIES = 500;

    @TempDir
    private Path folder;

    private ServerProcess server;
    private Baseline before;

    /** What a session does; each is done by as many sessions. */
    private enum Job {
        DOWNLOAD,
        UPLOAD,
        LIST,
        COMPRESSED_DOWNLOAD,
        TEXT_DOWNLOAD,
        HASH,
        STATUS,
        ENCRYPTED_COMMANDS
    }

    @BeforeEach
    void start() throws IOException {
        ServerProcess.writeConfiguration(
                folder,
                ServerKeystore.in(
                        folder,
                        ServerOptions.standard()
                                .with("listener.tls", "explicit")
                                .with("transfer.stall-timeout", "90s")
                                .with("limits.sessions-before-login", "0")));
        server = ServerProcess.startSmall(folder, 64);
        PatternFile.write(server.home().resolve("file"), SIZE);
        Files.writeString(server.home().resolve("text"), "a line\n".repeat(10_000));
        Path directory = Files.createDirectory(server.home().resolve("directory"));
        for (int i = 0; i < ENTRIES; i++) {
            Files.createFile(directory.resolve("a file with a name of some length " + i));
        }
        before = Baseline.of(server, Account.ALICE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void fiveHundredSessionsAtOnceGetWhatTheyAskFor() throws Exception {
        CountDownLatch allLoggedIn = new CountDownLatch(SESSIONS);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> sessions = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                int number = i;
                sessions.add(clients.submit(() -> {
                    work(number, allLoggedIn);
                    return null;
                }));
            }
            for (Future<?> session : sessions) {
                session.get();
            }
        }
        assertThat(server.logText()).doesNotContain("OutOfMemoryError");
        before.awaitAgainAndStop();
    }

    private void work(int number, CountDownLatch allLoggedIn) throws Exception {
        Job job = Job.values()[number % Job.values().length];
        try (ControlClient client = ControlClient.connect(server.address())) {
            try {
                if (job == Job.ENCRYPTED_COMMANDS) {
                    client.expect(234, "AUTH TLS");
                    client.protect();
                }
                client.logIn(Account.ALICE);
                client.expect(200, "TYPE " + (job == Job.TEXT_DOWNLOAD ? "A" : "I"));
            } finally {
                allLoggedIn.countDown();
            }
            allLoggedIn.await();
            run(job, client, "upload-" + number);
            client.expect(221, "QUIT");
        }
    }

    private static void run(Job job, ControlClient client, String name) throws IOException {
        switch (job) {
            case DOWNLOAD ->
                assertThat(DataClient.received(client, "RETR file")).isEqualTo(PatternFile.bytes(0, SIZE));
            case UPLOAD ->
                assertThat(DataClient.sent(client, "STOR " + name, PatternFile.bytes(0, SIZE))
                                .code())
                        .isEqualTo(226);
            case LIST ->
                assertThat(new String(DataClient.received(client, "LIST directory"), StandardCharsets.UTF_8).lines())
                        .hasSize(ENTRIES);
            case COMPRESSED_DOWNLOAD -> {
                client.expect(200, "MODE Z");
                try (DataClient data = DataClient.connect(client.extendedPassive())) {
                    client.expect(150, "RETR file");
                    InputStream inflated = new InflaterInputStream(data.input());
                    PatternFile.assertRest(inflated, 0, SIZE);
                }
                client.expectReply(226);
            }
            case TEXT_DOWNLOAD ->
                assertThat(DataClient.received(client, "RETR text")).hasSize("a line\r\n".length() * 10_000);
            case HASH -> client.expect(213, "HASH file");
            case STATUS ->
                assertThat(client.expect(212, "STAT directory").lines()).hasSize(ENTRIES + 2);
            case ENCRYPTED_COMMANDS -> {
                for (int i = 0; i < 20; i++) {
                    Reply facts = client.expect(250, "MLST file");
                    assertThat(facts.text()).contains("size=" + SIZE);
                }
            }
        }
    }
}
