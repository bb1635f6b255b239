package dev.zeroftpd.it.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * A limit that is lifted reaches the transfers that run, and the next ones of the sessions that run: they began at a pace
 * at which each would take more than an hour, and they end.
 */
class ChangedLimitsIT {

    private static final int SLOW = 4 * 1024;

    /** At {@link #SLOW} that is over an hour. */
    private static final int SIZE = 16 << 20;

    /** Far more than the transfer takes without a limit, far less than with one. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Account UNLIMITED = Account.ALICE.named("unlimited");

    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    /** Where a limit stands: the key, and the file whose it is. */
    enum Limit {
        DOWNLOAD("ftpserver.user.alice.downloadrate", true),
        DOWNLOAD_TOTAL("ftpserver.user.alice.downloadrate-total", true),
        UPLOAD("ftpserver.user.alice.uploadrate", true),
        UPLOAD_TOTAL("ftpserver.user.alice.uploadrate-total", true),
        SERVER("bandwidth.server", false),
        ADDRESS("bandwidth.per-address", false);

        private final String key;
        private final boolean ofAccount;

        Limit(String key, boolean ofAccount) {
            this.key = key;
            this.ofAccount = ofAccount;
        }

        /** Writes a limit; the server finds a changed account by itself. */
        void set(Path folder, long bytesPerSecond) throws IOException {
            Path file = folder.resolve(ofAccount ? "users.properties" : "ftpd.properties");
            change(file, key, Long.toString(bytesPerSecond));
        }
    }

    private static void change(Path file, String key, String value) throws IOException {
        String others = Files.readString(file).replaceAll("(?m)^" + Pattern.quote(key) + "=.*\\n", "");
        Files.writeString(file, others + key + "=" + value + "\n");
    }

    @RegisterExtension
    private static final RunningServer server =
            RunningServer.with(ServerOptions.standard().with(UNLIMITED));

    @AfterEach
    void deleteFiles() throws IOException {
        Files.deleteIfExists(server.home().resolve("file"));
        Files.deleteIfExists(server.home().resolve("other"));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"UPLOAD", "UPLOAD_TOTAL"},
            mode = Mode.EXCLUDE)
    void aLiftedLimitReachesARunningDownload(Limit limit) throws IOException {
        PatternFile.write(server.home().resolve("file"), SIZE);
        slowDown(limit);
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE);
                DataClient data = DataClient.connect(control.extendedPassive())) {
            control.expect(150, "RETR file");
            PatternFile.assertNext(data.input(), 0, 1000);
            CompletableFuture<Void> received = run(() -> PatternFile.assertRest(data.input(), 1000, SIZE));
            if (limit.ofAccount) {
                withoutLimit(other ->
                        assertThat(DataClient.received(other, "RETR file")).hasSize(SIZE));
                assertThat(received)
                        .as("the download that began first, limited")
                        .isNotDone();
            }

            lift(limit);

            await().atMost(PATIENCE).until(received::isDone);
            received.join();
            control.expectReply(226);
            assertThat(DataClient.received(control, "RETR file"))
                    .as("the session's next transfer")
                    .hasSize(SIZE);
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"DOWNLOAD", "DOWNLOAD_TOTAL"},
            mode = Mode.EXCLUDE)
    void aLiftedLimitReachesARunningUpload(Limit limit) throws IOException {
        byte[] content = PatternFile.bytes(0, SIZE);
        slowDown(limit);
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE);
                DataClient data = DataClient.connect(control.extendedPassive())) {
            control.expect(150, "STOR file");
            CompletableFuture<Void> sent = run(() -> {
                data.output().write(content);
                data.end();
            });
            await().until(() -> control.expect(211, "STAT").text().matches("(?s).* [1-9]\\d* bytes.*"));
            if (limit.ofAccount) {
                withoutLimit(other -> assertThat(
                                DataClient.sent(other, "STOR other", content).code())
                        .isEqualTo(226));
                assertThat(server.home().resolve("file"))
                        .as("the upload that began first, limited")
                        .doesNotExist();
            }

            lift(limit);

            await().atMost(PATIENCE).until(sent::isDone);
            sent.join();
            control.expectReply(226);
        }
        assertThat(server.home().resolve("file")).hasBinaryContent(content);
    }

    /** The client reads nothing; a minute without progress would be fine. */
    @Test
    void aShorterStallTimeoutReachesRunningAndNewDownloads() throws IOException {
        PatternFile.write(server.home().resolve("file"), SIZE);
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE);
                DataClient _ = DataClient.connect(control.extendedPassive())) {
            control.expect(150, "RETR file");
            setStallTimeout("1s");
            assertThat(control.expectReply(426).text()).contains("No progress for 1 s");
            try (DataClient _ = DataClient.connect(control.extendedPassive())) {
                control.expect(150, "RETR file");
                assertThat(control.expectReply(426).text()).contains("No progress for 1 s");
            }
        } finally {
            setStallTimeout("60s");
        }
    }

    private static void setStallTimeout(String value) throws IOException {
        change(server.folder().resolve("ftpd.properties"), "transfer.stall-timeout", value);
        reread();
    }

    /** Sets a limit that is in force when this returns. */
    private static void slowDown(Limit limit) throws IOException {
        limit.set(server.folder(), SLOW);
        reread();
    }

    private static void lift(Limit limit) throws IOException {
        limit.set(server.folder(), 0);
        if (!limit.ofAccount) {
            reread();
        }
    }

    /** Has the server read its configuration now. */
    private static void reread() throws IOException {
        long before = readings();
        server.hangUp();
        await().until(() -> readings() > before);
    }

    private static long readings() {
        return server.logText()
                .lines()
                .filter(line -> line.contains("Configuration reloaded"))
                .count();
    }

    /** A transfer by an account that has no limit, from its beginning to its end. */
    private static void withoutLimit(Transfer transfer) throws IOException {
        try (ControlClient other = ControlClient.login(server.address(), UNLIMITED)) {
            transfer.by(other);
        }
    }

    @FunctionalInterface
    private interface Transfer {
        void by(ControlClient control) throws IOException;
    }

    /** What a client does meanwhile. */
    @FunctionalInterface
    private interface Traffic {
        void flow() throws IOException;
    }

    private static CompletableFuture<Void> run(Traffic traffic) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        traffic.flow();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                THREADS);
    }
}
