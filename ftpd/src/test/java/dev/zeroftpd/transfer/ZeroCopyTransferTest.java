package dev.zeroftpd.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.transfer.channel.PeerHabits;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.TransferTotals;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZeroCopyTransferTest {

    private static final int MIB = 1024 * 1024;
    private static final int SMALL_BUFFERS = 16 * 1024;

    @TempDir
    Path folder;

    @RegisterExtension
    private final RunningEngine engine = new RunningEngine();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, MIB - 1, MIB, MIB + 1, 9 * MIB + 7})
    void deliversEveryByteAndThenEndsTheConnectionWell(int size) throws Exception {
        Path file = RandomFile.in(folder, size);
        try (DataConnection connection = DataConnection.open();
                LocalFile source = new LocalFile(file)) {
            Completion completion = engine.send(connection, source, 0);

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
        Path file = RandomFile.in(folder, 3 * MIB);
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = engine.send(connection, new LocalFile(file), offset);

            assertThat(connection.receive())
                    .isEqualTo(new DataConnection.Received(3 * MIB - offset, checksum(file, offset), false));
            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 65_537, 200_000})
    void endsSmallFilesOnTheCallersThread(int size) throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            connection.client().shutdownOutput();
            List<Thread> threads = new ArrayList<>();
            engine.get()
                    .start(
                            new TransferRequest.ZeroCopy(
                                    new LocalFile(RandomFile.in(folder, size)),
                                    0,
                                    connection.server(),
                                    GenerousLimits.with(PeerHabits.closesAtOnce()),
                                    System.nanoTime()),
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
        Path file = RandomFile.in(folder, size);
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = engine.send(connection, new LocalFile(file, counted), 0);

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
            big.write(Files.readAllBytes(RandomFile.in(folder, 100_000)));
        }
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = engine.send(connection, new LocalFile(sparse), fourGib);

            assertThat(connection.receive())
                    .isEqualTo(new DataConnection.Received(100_000, checksum(sparse, fourGib), false));
            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        }
    }

    @Test
    void refusesAnOffsetBeyondTheEnd() throws Exception {
        try (DataConnection connection = DataConnection.open();
                LocalFile source = new LocalFile(RandomFile.in(folder, 10))) {
            assertThatThrownBy(() -> engine.send(connection, source, 11)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void sendsThePromisedBytesOfAFileThatGrows() throws Exception {
        Path file = RandomFile.in(folder, 8 * MIB);
        long promised = checksum(file, 0);
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            Completion completion = engine.send(connection, new LocalFile(file), 0);
            Files.write(file, new byte[1000], StandardOpenOption.APPEND);

            assertThat(connection.receive()).isEqualTo(new DataConnection.Received(8 * MIB, promised, false));
            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        }
    }

    @Test
    void keepsSendingToAPeerThatOnlyClosedItsOwnDirection() throws Exception {
        Path file = RandomFile.in(folder, 4 * MIB);
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            connection.client().shutdownOutput();
            Completion completion = engine.send(connection, new LocalFile(file), 0);

            assertThat(connection.receive().bytes()).isEqualTo(4 * MIB);
            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        }
    }

    @Test
    void servesTwoHundredAtOnceAndLeaksNothing() throws Exception {
        Path file = RandomFile.in(folder, 2 * MIB + 11);
        long expected = checksum(file, 0);
        deliverTo(10, file, expected);
        long before = descriptors();
        deliverTo(200, file, expected);

        // the readers' virtual threads may open a few pollers; a leak would leave one descriptor a transfer at least
        await().untilAsserted(() -> assertThat(descriptors()).isLessThan(before + 100));
        assertThat(engine.get().runningTransfers()).isZero();
        assertThat(engine.get().totals().zeroCopy()).isEqualTo(new TransferTotals.Total(210, 0, 210L * (2 * MIB + 11)));
    }

    private void deliverTo(int clients, Path file, long expected) throws Exception {
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<DataConnection.Received>> all = new ArrayList<>();
            List<Completion> completions = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                DataConnection connection = DataConnection.open();
                completions.add(engine.send(connection, new LocalFile(file), 0));
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
