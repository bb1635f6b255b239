package dev.zeroftpd.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.transfer.bandwidth.Bandwidth;
import dev.zeroftpd.transfer.bandwidth.RateLimits;
import dev.zeroftpd.transfer.bandwidth.Throttle;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.TransferTotals;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileTransferTest {

    private static final int MIB = 1024 * 1024;
    private static final int SMALL_BUFFERS = 16 * 1024;
    private static final Duration PATIENT = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private TransferEngine engine;

    @BeforeEach
    void start() throws IOException {
        engine = TransferEngine.start(PATIENT);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, MIB - 1, MIB, MIB + 1, 9 * MIB + 7})
    void deliversEveryByteAndThenEndsTheConnectionWell(int size) throws Exception {
        Path file = file(size);
        try (DataConnection connection = DataConnection.open();
                LocalFile source = new LocalFile(file)) {
            Completion completion = send(connection, source, 0);

            DataConnection.Received received = connection.receive();
            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
            assertThat(received).isEqualTo(new DataConnection.Received(size, checksum(file, 0), false));
            assertThat(completion.result().bytes()).isEqualTo(size);
            assertThat(connection.server().isOpen()).isFalse();
            assertThat(source.isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 70_000, 3 * MIB - 1, 3 * MIB})
    void startsAtTheOffset(int offset) throws Exception {
        Path file = file(3 * MIB);
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = send(connection, new LocalFile(file), offset);

            assertThat(connection.receive())
                    .isEqualTo(new DataConnection.Received(3 * MIB - offset, checksum(file, offset), false));
            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 65_537, 200_000})
    void endsSmallFilesOnTheCallersThread(int size) throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            List<Thread> threads = new ArrayList<>();
            engine.sendFile(
                    new FileSend(new LocalFile(file(size)), 0, connection.server(), Throttle.NONE, System.nanoTime()),
                    ignored -> threads.add(Thread.currentThread()));

            assertThat(threads).containsExactly(Thread.currentThread());
        }
    }

    @Test
    void handsALargeFileOnAfterTheFirstPiece() throws Exception {
        assertThat(piecesOnTheCallersThread(2 * MIB, () -> 0)).isEqualTo(1);
    }

    @Test
    void handsASmallFileOnAfterThePieceThatWaitedForTheDisk() throws Exception {
        AtomicInteger looks = new AtomicInteger();

        assertThat(piecesOnTheCallersThread(400_000, () -> looks.incrementAndGet() < 4 ? 0 : 1))
                .isEqualTo(2);
    }

    /** Counts the looks at the thread's waits: one before each piece, one behind it. */
    private int piecesOnTheCallersThread(int size, LongSupplier waits) throws Exception {
        Thread caller = Thread.currentThread();
        AtomicInteger looks = new AtomicInteger();
        LongSupplier counted = () -> {
            if (Thread.currentThread().equals(caller)) {
                looks.incrementAndGet();
            }
            return waits.getAsLong();
        };
        Path file = file(size);
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = send(connection, new LocalFile(file, counted), 0);

            assertThat(connection.receive()).isEqualTo(new DataConnection.Received(size, checksum(file, 0), false));
            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
            return looks.get() / 2;
        }
    }

    @Test
    void sendsFromBeyondFourGibibytes() throws Exception {
        long fourGib = 4L << 30;
        Path sparse = folder.resolve("sparse");
        try (RandomAccessFile big = new RandomAccessFile(sparse.toFile(), "rw")) {
            big.setLength(fourGib);
            big.seek(fourGib);
            big.write(Files.readAllBytes(file(100_000)));
        }
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = send(connection, new LocalFile(sparse), fourGib);

            assertThat(connection.receive())
                    .isEqualTo(new DataConnection.Received(100_000, checksum(sparse, fourGib), false));
            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        }
    }

    @Test
    void refusesAnOffsetBeyondTheEnd() throws Exception {
        try (DataConnection connection = DataConnection.open();
                LocalFile source = new LocalFile(file(10))) {
            assertThatThrownBy(() -> send(connection, source, 11)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void saysThatTheSourceChangedWhenTheFileShrinksBelowThePosition() throws Exception {
        Path file = file(8 * MIB);
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            Completion completion = send(connection, new LocalFile(file), 0);
            truncate(file, 100);

            DataConnection.Received received = connection.receive();
            assertThat(completion.outcome()).isInstanceOf(Outcome.SourceChanged.class);
            assertThat(received.reset()).isTrue();
        }
    }

    @Test
    void doesNotSpinOnAFileThatEndsExactlyAtThePosition() throws Exception {
        Path file = file(8 * MIB);
        LocalFile source = new LocalFile(file);
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            Completion completion = new Completion();
            Transfer transfer = send(connection, source, completion);
            await().until(() -> transfer.bytes() > 0);
            truncate(file, transfer.bytes());

            connection.receive();
            assertThat(completion.outcome()).isInstanceOf(Outcome.SourceChanged.class);
        }
    }

    @Test
    void saysThatTheSourceChangedWhenTheFileIsTouchedInTheMiddle() throws Exception {
        Path file = file(8 * MIB);
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            Completion completion = send(connection, new LocalFile(file), 0);
            Files.setLastModifiedTime(file, FileTime.fromMillis(1));

            DataConnection.Received received = connection.receive();
            assertThat(completion.outcome()).isInstanceOf(Outcome.SourceChanged.class);
            assertThat(received.reset()).isTrue();
        }
    }

    @Test
    void sendsThePromisedBytesOfAFileThatGrows() throws Exception {
        Path file = file(8 * MIB);
        long promised = checksum(file, 0);
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            Completion completion = send(connection, new LocalFile(file), 0);
            Files.write(file, new byte[1000], StandardOpenOption.APPEND);

            assertThat(connection.receive()).isEqualTo(new DataConnection.Received(8 * MIB, promised, false));
            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        }
    }

    @Test
    void saysThatThePeerClosedWhenItResets() throws Exception {
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            LocalFile source = new LocalFile(file(8 * MIB));
            Completion completion = send(connection, source, 0);
            connection.resetByClient();

            assertThat(completion.outcome()).isInstanceOf(Outcome.PeerClosed.class);
            assertThat(source.isOpen()).isFalse();
        }
    }

    @Test
    void saysThatThePeerClosedWhenItWasGoneBeforeTheFirstByte() throws Exception {
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            connection.resetByClient();

            assertThat(send(connection, new LocalFile(file(8 * MIB)), 0).outcome())
                    .isInstanceOf(Outcome.PeerClosed.class);
        }
    }

    @Test
    void keepsSendingToAPeerThatOnlyClosedItsOwnDirection() throws Exception {
        Path file = file(4 * MIB);
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            connection.client().shutdownOutput();
            Completion completion = send(connection, new LocalFile(file), 0);

            assertThat(connection.receive().bytes()).isEqualTo(4 * MIB);
            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        }
    }

    @Test
    void blamesTheFileWhenItCannotBeRead() throws Exception {
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            LocalFile source = new LocalFile(file(8 * MIB));
            source.close();

            Completion completion = send(connection, source, 0);

            assertThat(completion.outcome()).isInstanceOf(Outcome.LocalFailure.class);
            assertThat(connection.receive().reset()).isTrue();
        }
    }

    @Test
    void endsAStalledTransferWithAReset() throws Exception {
        engine.stallTimeout(Duration.ofMillis(50));
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            Completion completion = send(connection, new LocalFile(file(8 * MIB)), 0);

            assertThat(completion.outcome()).isEqualTo(new Outcome.Stalled(Duration.ofMillis(50)));
            assertThat(connection.receive().reset()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABOR", "CONTROL_CLOSED", "SHUTDOWN"})
    void endsACancelledTransferWithAReset(Outcome.Aborted.Cause cause) throws Exception {
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            Completion completion = new Completion();
            LocalFile source = new LocalFile(file(8 * MIB));
            Transfer transfer = send(connection, source, completion);
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
            Throttle throttle = bandwidth.open(
                    Bandwidth.Direction.DOWNLOAD, "anna", InetAddress.getLoopbackAddress(), RateLimits.NONE);
            Transfer transfer = engine.sendFile(
                    new FileSend(new LocalFile(file(8 * MIB)), 0, connection.server(), throttle, System.nanoTime()),
                    completion);
            transfer.cancel(Outcome.Aborted.Cause.ABOR);

            assertThat(completion.outcome()).isEqualTo(new Outcome.Aborted(Outcome.Aborted.Cause.ABOR));
            assertThat(completion.result().bytes()).isLessThan(MIB);
            assertThat(bandwidth.openThrottles()).isZero();
        }
    }

    @Test
    void ignoresACancellationAfterTheEnd() throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = new Completion();
            Transfer transfer = send(connection, new LocalFile(file(10)), completion);
            transfer.cancel(Outcome.Aborted.Cause.ABOR);

            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        }
    }

    @Test
    void abortsWhatRunsAtShutdown() throws Exception {
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            Completion completion = send(connection, new LocalFile(file(8 * MIB)), 0);
            engine.close(Duration.ofMillis(10));

            assertThat(completion.outcome()).isEqualTo(new Outcome.Aborted(Outcome.Aborted.Cause.SHUTDOWN));
        }
    }

    @Test
    void refusesANewTransferAfterShutdown() throws Exception {
        engine.close();
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            assertThat(send(connection, new LocalFile(file(8 * MIB)), 0).outcome())
                    .isEqualTo(new Outcome.Aborted(Outcome.Aborted.Cause.SHUTDOWN));
        }
    }

    @Test
    void servesTwoHundredAtOnceAndLeaksNothing() throws Exception {
        Path file = file(2 * MIB + 11);
        long expected = checksum(file, 0);
        deliverTo(10, file, expected);
        long before = descriptors();
        deliverTo(200, file, expected);

        // the readers' virtual threads may open a few pollers; a leak would leave one descriptor a transfer at least
        await().untilAsserted(() -> assertThat(descriptors()).isLessThan(before + 100));
        assertThat(engine.runningTransfers()).isZero();
        assertThat(engine.totals().zeroCopy()).isEqualTo(new TransferTotals.Total(210, 0, 210L * (2 * MIB + 11)));
    }

    private void deliverTo(int clients, Path file, long expected) throws Exception {
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<DataConnection.Received>> all = new ArrayList<>();
            List<Completion> completions = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                DataConnection connection = DataConnection.open();
                completions.add(send(connection, new LocalFile(file), 0));
                all.add(readers.submit(() -> {
                    try (connection) {
                        return connection.receive();
                    }
                }));
            }
            for (Future<DataConnection.Received> one : all) {
                assertThat(one.get()).isEqualTo(new DataConnection.Received(Files.size(file), expected, false));
            }
            assertThat(completions).allMatch(completion -> completion.result().completed());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void endsATransferWhoseTurnFails(int turn) throws Exception {
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            LocalFile source = new LocalFile(file(9 * MIB));
            Completion completion = new Completion();
            Throttle failing = new FailingThrottle(turn);
            engine.sendFile(new FileSend(source, 0, connection.server(), failing, System.nanoTime()), completion);

            assertThat(connection.receive().reset()).isTrue();
            assertThat(completion.outcome()).isInstanceOf(Outcome.LocalFailure.class);
            assertThat(source.isOpen()).isFalse();
            await().until(() -> engine.runningTransfers() == 0);
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

    private Completion send(DataConnection connection, LocalFile source, long offset) {
        Completion completion = new Completion();
        engine.sendFile(
                new FileSend(source, offset, connection.server(), Throttle.NONE, System.nanoTime()), completion);
        return completion;
    }

    private Transfer send(DataConnection connection, LocalFile source, Completion completion) {
        return engine.sendFile(
                new FileSend(source, 0, connection.server(), Throttle.NONE, System.nanoTime()), completion);
    }

    private Path file(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return Files.write(folder.resolve("file-" + size), content);
    }

    private static void truncate(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    private static long checksum(Path file, long offset) throws IOException {
        CRC32 checksum = new CRC32();
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer rest = ByteBuffer.allocate((int) (channel.size() - offset));
            channel.read(rest, offset);
            checksum.update(rest.flip());
        }
        return checksum.getValue();
    }

    private static long descriptors() {
        return ((com.sun.management.UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getOpenFileDescriptorCount();
    }
}
