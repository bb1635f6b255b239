package dev.zeroftpd.transfer;

import static dev.zeroftpd.transfer.channel.PeerHabits.patience;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.transfer.channel.PeerHabit;
import dev.zeroftpd.transfer.channel.PeerHabits;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine's clock stands still unless a test moves it, so a wait ends by what the peer does or not at all. */
class LingeringCloseTest {

    private static final int MIB = 1024 * 1024;
    private static final long PATIENCE_NANOS = patience(new PeerHabit()).toNanos();

    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong();
    private final PeerHabit habit = new PeerHabit();
    private TransferEngine engine;

    @BeforeEach
    void start() throws IOException {
        engine = TransferEngine.start(2, now::get);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, MIB, 3 * MIB})
    void endsADownloadWhenThePeerHasClosed(int size) throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = send(connection, size);

            assertThat(connection.receive().bytes()).isEqualTo(size);
            assertThat(completion.isDone()).isFalse();
            connection.client().close();
            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
            assertThat(connection.server().isOpen()).isFalse();
        }
    }

    @Test
    void waitsNoLongerThanItsPatienceForAPeerThatClosesLater() throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = send(connection, 10);
            assertThat(connection.receive().reset()).isFalse();
            now.addAndGet(PATIENCE_NANOS);

            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
            assertThat(patience(habit)).isLessThan(patience(new PeerHabit()));
        }
    }

    @Test
    void goesOnAtTheLoopWhenThePeerDoesNotCloseAtOnce() throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = send(connection, 10, PeerHabits.closesAtOnce());
            assertThat(completion.isDone()).isFalse();
            assertThat(connection.receive().bytes()).isEqualTo(10);
            connection.client().close();

            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        }
    }

    @Test
    void takesAPeerThatResetsWhenItHasEverythingForOneThatClosed() throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = send(connection, 10);
            connection.receive();
            connection.resetByClient();

            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        }
    }

    @Test
    void letsAPeerHaveEverythingThatSaysSomethingItself() throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            connection.client().write(ByteBuffer.wrap("a peer that has only to listen".getBytes(US_ASCII)));
            Completion completion = send(connection, 100_000);

            assertThat(connection.receive()).extracting("bytes", "reset").containsExactly(100_000L, false);
            connection.client().close();
            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        }
    }

    @Test
    void doesNotWaitForAPeerThatKeepsTalking() throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            connection.client().write(ByteBuffer.allocate(MIB / 10));

            assertThat(send(connection, 10).outcome()).isEqualTo(new Outcome.Completed());
        }
    }

    @Test
    void reportsACompleteDownloadWhenTheServerEndsMeanwhile() throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = send(connection, 10);
            assertThat(completion.isDone()).isFalse();
            engine.close();

            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
            assertThat(connection.receive()).extracting("bytes", "reset").containsExactly(10L, false);
        }
    }

    @Test
    void keepsTheOutcomeOfADownloadThatIsCancelledMeanwhile() throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = new Completion();
            Transfer transfer = engine.start(request(connection, new LocalFile(file(10))), completion);
            transfer.cancel(Outcome.Aborted.Cause.ABOR);
            connection.client().close();

            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        }
    }

    @Test
    void holdsNoFileMeanwhile() throws Exception {
        try (DataConnection connection = DataConnection.open();
                LocalFile source = new LocalFile(file(10))) {
            engine.start(request(connection, source), new Completion());

            assertThat(source.isOpen()).isFalse();
            assertThat(engine.runningTransfers()).isEqualTo(1);
            connection.client().close();
            await().until(() -> engine.runningTransfers() == 0);
        }
    }

    @Test
    void learnsHowAStreamsPeerEnds() throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            PlainDataChannel.lingering(connection.server(), habit).close();
            assertThat(connection.receive().reset()).isFalse();
            assertThat(patience(habit)).isLessThan(patience(new PeerHabit()));
        }
        try (DataConnection connection = DataConnection.open()) {
            connection.client().close();
            PlainDataChannel.lingering(connection.server(), habit).close();
            assertThat(patience(habit)).isEqualTo(patience(new PeerHabit()));
        }
    }

    private Completion send(DataConnection connection, int size) throws IOException {
        return send(connection, size, habit);
    }

    private Completion send(DataConnection connection, int size, PeerHabit known) throws IOException {
        Completion completion = new Completion();
        engine.start(request(connection, new LocalFile(file(size)), known), completion);
        return completion;
    }

    private TransferRequest.ZeroCopy request(DataConnection connection, LocalFile source) {
        return request(connection, source, habit);
    }

    private static TransferRequest.ZeroCopy request(DataConnection connection, LocalFile source, PeerHabit known) {
        return new TransferRequest.ZeroCopy(source, 0, connection.server(), GenerousLimits.with(known), 0);
    }

    private Path file(int size) throws IOException {
        return Files.write(folder.resolve("file-" + size), new byte[size]);
    }
}
