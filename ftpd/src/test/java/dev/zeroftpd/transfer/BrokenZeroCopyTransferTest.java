package dev.zeroftpd.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.transfer.bandwidth.Bandwidth;
import dev.zeroftpd.transfer.bandwidth.RateLimits;
import dev.zeroftpd.transfer.bandwidth.Throttle;
import dev.zeroftpd.transfer.channel.PeerHabit;
import dev.zeroftpd.transfer.result.Direction;
import dev.zeroftpd.transfer.result.Outcome;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zero-copy downloads that end early: by the file, by the peer, by a cancellation. Each has one outcome, and a reset unless it is complete. */
class BrokenZeroCopyTransferTest {

    private static final int MIB = 1024 * 1024;
    private static final int SMALL_BUFFERS = 16 * 1024;

    @TempDir
    Path folder;

    @RegisterExtension
    private final RunningEngine engine = new RunningEngine();

    @Test
    void saysThatTheSourceChangedWhenTheFileShrinksBelowThePosition() throws Exception {
        Path file = RandomFile.in(folder, 8 * MIB);
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            Completion completion = engine.send(connection, new LocalFile(file), 0);
            RandomFile.truncate(file, 100);

            DataConnection.Received received = connection.receive();
            assertThat(completion.outcome()).isInstanceOf(Outcome.SourceChanged.class);
            assertThat(received.reset()).isTrue();
        }
    }

    @Test
    void doesNotSpinOnAFileThatEndsExactlyAtThePosition() throws Exception {
        Path file = RandomFile.in(folder, 8 * MIB);
        LocalFile source = new LocalFile(file);
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            Completion completion = new Completion();
            Transfer transfer = engine.send(connection, source, completion);
            await().until(() -> transfer.bytes() > 0);
            RandomFile.truncate(file, transfer.bytes());

            connection.receive();
            assertThat(completion.outcome()).isInstanceOf(Outcome.SourceChanged.class);
        }
    }

    @Test
    void saysThatTheSourceChangedWhenTheFileIsTouchedInTheMiddle() throws Exception {
        Path file = RandomFile.in(folder, 8 * MIB);
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            Completion completion = engine.send(connection, new LocalFile(file), 0);
            Files.setLastModifiedTime(file, FileTime.fromMillis(1));

            DataConnection.Received received = connection.receive();
            assertThat(completion.outcome()).isInstanceOf(Outcome.SourceChanged.class);
            assertThat(received.reset()).isTrue();
        }
    }

    @Test
    void saysThatThePeerClosedWhenItResets() throws Exception {
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            LocalFile source = new LocalFile(RandomFile.in(folder, 8 * MIB));
            Completion completion = engine.send(connection, source, 0);
            connection.resetByClient();

            assertThat(completion.outcome()).isInstanceOf(Outcome.PeerClosed.class);
            assertThat(source.isOpen()).isFalse();
        }
    }

    @Test
    void saysThatThePeerClosedWhenItWasGoneBeforeTheFirstByte() throws Exception {
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            connection.resetByClient();

            assertThat(engine.send(connection, new LocalFile(RandomFile.in(folder, 8 * MIB)), 0)
                            .outcome())
                    .isInstanceOf(Outcome.PeerClosed.class);
        }
    }

    @Test
    void blamesTheFileWhenItCannotBeRead() throws Exception {
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            LocalFile source = new LocalFile(RandomFile.in(folder, 8 * MIB));
            source.close();

            Completion completion = engine.send(connection, source, 0);

            assertThat(completion.outcome()).isInstanceOf(Outcome.LocalFailure.class);
            assertThat(connection.receive().reset()).isTrue();
        }
    }

    @Test
    void endsAStalledTransferWithAReset() throws Exception {
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            Completion completion = engine.send(
                    connection,
                    new LocalFile(RandomFile.in(folder, 8 * MIB)),
                    GenerousLimits.with(Duration.ofMillis(50)));

            assertThat(completion.outcome()).isEqualTo(new Outcome.Stalled(Duration.ofMillis(50)));
            assertThat(connection.receive().reset()).isTrue();
        }
    }

    @Test
    void aStallEndsOnlyTheTransferWhoseLimitItExceeds() throws Exception {
        Path file = RandomFile.in(folder, 8 * MIB);
        try (DataConnection patient = DataConnection.open(SMALL_BUFFERS);
                DataConnection hasty = DataConnection.open(SMALL_BUFFERS)) {
            Completion waits = engine.send(patient, new LocalFile(file), 0);
            Completion ends = engine.send(hasty, new LocalFile(file), GenerousLimits.with(Duration.ofMillis(50)));

            assertThat(ends.outcome()).isEqualTo(new Outcome.Stalled(Duration.ofMillis(50)));
            assertThat(waits.isDone()).isFalse();
        }
    }

    @Test
    void aChangedStallLimitHoldsForTransfersThatRun() throws Exception {
        AtomicReference<Duration> limit = new AtomicReference<>(Duration.ofMinutes(1));
        TransferLimits changing =
                new TransferLimits(Throttle.NONE, limit::get, Duration.ofMinutes(1), "alice", new PeerHabit());
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            Completion completion = engine.send(connection, new LocalFile(RandomFile.in(folder, 8 * MIB)), changing);

            limit.set(Duration.ofMillis(20));

            assertThat(completion.outcome()).isEqualTo(new Outcome.Stalled(Duration.ofMillis(20)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABOR", "CONTROL_CLOSED", "SHUTDOWN"})
    void endsACancelledTransferWithAReset(Outcome.Aborted.Cause cause) throws Exception {
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            Completion completion = new Completion();
            LocalFile source = new LocalFile(RandomFile.in(folder, 8 * MIB));
            Transfer transfer = engine.send(connection, source, completion);
            transfer.cancel(cause);
            transfer.cancel(Outcome.Aborted.Cause.SHUTDOWN);

            assertThat(completion.outcome()).isEqualTo(new Outcome.Aborted(cause));
            assertThat(connection.receive().reset()).isTrue();
            assertThat(source.isOpen()).isFalse();
        }
    }

    @Test
    void endsATransferThatWaitsForTheThrottle() throws Exception {
        Bandwidth bandwidth = new Bandwidth(2048, 0);
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = new Completion();
            Throttle throttle =
                    bandwidth.open(Direction.DOWNLOAD, "anna", InetAddress.getLoopbackAddress(), RateLimits.NONE);
            Transfer transfer = engine.get()
                    .start(
                            new TransferRequest.ZeroCopy(
                                    new LocalFile(RandomFile.in(folder, 8 * MIB)),
                                    0,
                                    connection.server(),
                                    GenerousLimits.with(throttle),
                                    System.nanoTime()),
                            completion);
            transfer.cancel(Outcome.Aborted.Cause.ABOR);

            assertThat(completion.outcome()).isEqualTo(new Outcome.Aborted(Outcome.Aborted.Cause.ABOR));
            assertThat(completion.result().bytes()).isLessThan(MIB);
            bandwidth.limits((_, user) -> fail("the throttle of %s is still open", user));
        }
    }

    @Test
    void ignoresACancellationAfterTheEnd() throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = new Completion();
            Transfer transfer = engine.send(connection, new LocalFile(RandomFile.in(folder, 10)), completion);
            transfer.cancel(Outcome.Aborted.Cause.ABOR);

            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        }
    }

    @Test
    void abortsWhatRunsAtShutdown() throws Exception {
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            Completion completion = engine.send(connection, new LocalFile(RandomFile.in(folder, 8 * MIB)), 0);
            engine.get().close(Duration.ofMillis(10));

            assertThat(completion.outcome()).isEqualTo(new Outcome.Aborted(Outcome.Aborted.Cause.SHUTDOWN));
        }
    }

    @Test
    void refusesANewTransferAfterShutdown() throws Exception {
        engine.get().close();
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            assertThat(engine.send(connection, new LocalFile(RandomFile.in(folder, 8 * MIB)), 0)
                            .outcome())
                    .isEqualTo(new Outcome.Aborted(Outcome.Aborted.Cause.SHUTDOWN));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void endsATransferWhoseTurnFails(int turn) throws Exception {
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            LocalFile source = new LocalFile(RandomFile.in(folder, 9 * MIB));
            Completion completion = new Completion();
            Throttle failing = new FailingThrottle(turn);
            engine.get()
                    .start(
                            new TransferRequest.ZeroCopy(
                                    source, 0, connection.server(), GenerousLimits.with(failing), System.nanoTime()),
                            completion);

            assertThat(connection.receive().reset()).isTrue();
            assertThat(completion.outcome()).isInstanceOf(Outcome.LocalFailure.class);
            assertThat(source.isOpen()).isFalse();
            await().until(() -> engine.get().runningTransfers() == 0);
        }
    }

    /** Grants a MiB each time until it is asked for the {@code last} time. */
    private static final class FailingThrottle implements Throttle {

        private final int last;
        private int asked;

        FailingThrottle(int last) {
            this.last = last;
        }

        @Override
        public Grant reserve(long wanted) {
            if (++asked == last) {
                throw new OutOfMemoryError("as the virtual machine throws it");
            }
            return new Grant(Math.min(wanted, MIB), 0);
        }

        @Override
        public void giveBack(long bytes) {}

        @Override
        public void close() {}
    }
}
