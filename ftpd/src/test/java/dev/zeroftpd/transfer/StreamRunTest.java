package dev.zeroftpd.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.transfer.bandwidth.Throttle;
import dev.zeroftpd.transfer.channel.DataChannel;
import dev.zeroftpd.transfer.channel.DataChannelOpener;
import dev.zeroftpd.transfer.channel.ForwardingDataChannel;
import dev.zeroftpd.transfer.channel.NoDataConnectionException;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import dev.zeroftpd.transfer.channel.ReadyChannel;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.StreamReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamRunTest {

    private static final int MIB = 1024 * 1024;
    private static final int SMALL_BUFFERS = 16 * 1024;

    @TempDir
    Path folder;

    private TransferEngine engine;

    @BeforeEach
    void start() throws IOException {
        engine = TransferEngine.start(Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    /** Receives into a channel and remembers what it was told at the end. */
    private static final class Upload implements StreamTask {

        private final WritableByteChannel sink;
        private final AtomicReference<@Nullable Outcome> finished = new AtomicReference<>();

        Upload(WritableByteChannel sink) {
            this.sink = sink;
        }

        @Override
        public Outcome run(StreamTransfer transfer) throws IOException {
            return transfer.receiveInto(sink);
        }

        @Override
        public Outcome finish(Outcome outcome) throws IOException {
            assertThat(finished.getAndSet(outcome)).isNull();
            sink.close();
            return outcome;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16 * 1024, 16 * 1024 + 1, 5 * MIB + 3})
    void receivesEveryByte(int size) throws Exception {
        byte[] content = random(size);
        Path file = folder.resolve("upload");
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = stream(connection, new Upload(create(file)));
            write(connection, content);
            connection.client().shutdownOutput();

            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
            assertThat(completion.result().bytes()).isEqualTo(size);
            assertThat(Files.readAllBytes(file)).isEqualTo(content);
        }
    }

    @Test
    void sendsAFileAsPromised() throws Exception {
        Path file = Files.write(folder.resolve("file"), random(3 * MIB + 5));
        try (DataConnection connection = DataConnection.open()) {
            LocalFile source = new LocalFile(file);
            Completion completion = stream(connection, new SourceStream(source, MIB, bytes -> bytes));

            DataConnection.Received received = connection.receive();
            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
            assertThat(received.bytes()).isEqualTo(2 * MIB + 5);
            assertThat(received.reset()).isFalse();
            assertThat(source.isOpen()).isFalse();
        }
    }

    @Test
    void saysThatTheSourceChangedWhenAStreamedFileShrinks() throws Exception {
        Path file = Files.write(folder.resolve("file"), random(8 * MIB));
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            Completion completion = stream(connection, new SourceStream(new LocalFile(file), 0, bytes -> bytes));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(100);
            }
            DataConnection.Received received = connection.receive();
            assertThat(completion.outcome()).isInstanceOf(Outcome.SourceChanged.class);
            assertThat(received.reset()).isTrue();
        }
    }

    @Test
    void saysThatThePeerClosedWhenItResetsAnUpload() throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            Upload upload = new Upload(create(folder.resolve("upload")));
            Completion completion = stream(connection, upload);
            write(connection, random(100));
            connection.resetByClient();

            assertThat(completion.outcome()).isInstanceOf(Outcome.PeerClosed.class);
            assertThat(upload.finished.get()).isEqualTo(completion.outcome());
        }
    }

    @Test
    void endsAStalledUploadWithAReset() throws Exception {
        engine.stallTimeout(Duration.ofMillis(50));
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = stream(connection, new Upload(create(folder.resolve("upload"))));

            assertThat(completion.outcome()).isEqualTo(new Outcome.Stalled(Duration.ofMillis(50)));
            assertThat(connection.receive().reset()).isTrue();
        }
    }

    @Test
    void endsACancelledUploadWithAReset() throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = new Completion();
            Upload upload = new Upload(create(folder.resolve("upload")));
            Transfer transfer = engine.stream(spec(ready(connection), upload), completion);
            write(connection, random(100));
            await().until(() -> transfer.bytes() == 100);
            transfer.cancel(Outcome.Aborted.Cause.ABOR);

            assertThat(completion.outcome()).isEqualTo(new Outcome.Aborted(Outcome.Aborted.Cause.ABOR));
            assertThat(upload.finished.get()).isEqualTo(completion.outcome());
            assertThat(connection.receive().reset()).isTrue();
        }
    }

    @Test
    void endsATransferThatIsCancelledWhileItsChannelIsOpened() throws Exception {
        CountDownLatch abandoned = new CountDownLatch(1);
        DataChannelOpener handshake = new DataChannelOpener() {
            @Override
            public DataChannel open() throws IOException {
                try {
                    abandoned.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                throw new IOException("abandoned");
            }

            @Override
            public void abandon() {
                abandoned.countDown();
            }
        };
        Completion completion = new Completion();
        Upload upload = new Upload(create(folder.resolve("upload")));
        engine.stream(spec(handshake, upload), completion).cancel(Outcome.Aborted.Cause.CONTROL_CLOSED);

        assertThat(completion.outcome()).isEqualTo(new Outcome.Aborted(Outcome.Aborted.Cause.CONTROL_CLOSED));
        assertThat(upload.finished.get()).isEqualTo(completion.outcome());
    }

    @Test
    void passesOnWhyThereIsNoDataConnection() {
        Outcome.NoDataConnection.Reason reason = Outcome.NoDataConnection.Reason.TLS_HANDSHAKE_FAILED;
        DataChannelOpener failing = new DataChannelOpener() {
            @Override
            public DataChannel open() throws IOException {
                throw new NoDataConnectionException(reason, "no common cipher");
            }

            @Override
            public void abandon() {}
        };
        Completion completion = new Completion();
        engine.stream(spec(failing, transfer -> new Outcome.Completed()), completion);

        assertThat(completion.outcome()).isEqualTo(new Outcome.NoDataConnection(reason, "no common cipher"));
    }

    @Test
    void saysThatTheDiskIsFull() throws Exception {
        try (DataConnection connection = DataConnection.open();
                FileChannel full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE)) {
            Completion completion = stream(connection, new Upload(full));
            write(connection, random(100));

            assertThat(completion.outcome()).isInstanceOf(Outcome.DiskFull.class);
            assertThat(connection.receive().reset()).isTrue();
        }
    }

    @Test
    void turnsAFailureOfTheLastStepIntoALocalFailure() throws Exception {
        StreamTask task = new StreamTask() {
            @Override
            public Outcome run(StreamTransfer transfer) {
                return new Outcome.Completed();
            }

            @Override
            public Outcome finish(Outcome outcome) throws IOException {
                throw new IOException("cannot rename");
            }
        };
        try (DataConnection connection = DataConnection.open()) {
            assertThat(stream(connection, task).outcome()).isInstanceOf(Outcome.LocalFailure.class);
        }
    }

    @Test
    void survivesATaskThatThrows() throws Exception {
        StreamTask broken = transfer -> {
            throw new IllegalStateException("broken");
        };
        try (DataConnection connection = DataConnection.open()) {
            assertThat(stream(connection, broken).outcome()).isInstanceOf(Outcome.LocalFailure.class);
            assertThat(connection.receive().reset()).isTrue();
        }
    }

    @Test
    void endsATransferThatFindsNoMemory() throws Exception {
        StreamTask starved = transfer -> {
            throw new OutOfMemoryError("as the virtual machine throws it");
        };
        try (DataConnection connection = DataConnection.open()) {
            assertThat(stream(connection, starved).outcome()).isInstanceOf(Outcome.LocalFailure.class);
            assertThat(connection.receive().reset()).isTrue();
            await().until(() -> engine.runningTransfers() == 0);
        }
    }

    /** Passes everything on except the farewell, for which its peer is gone. */
    private static final class WithoutFarewell extends ForwardingDataChannel {

        WithoutFarewell(DataChannel channel) {
            super(channel);
        }

        @Override
        public void close() throws IOException {
            throw new IOException("Broken pipe");
        }
    }

    /** Brings no more than a TLS record a read. */
    private static final class Records implements DataChannel {

        private static final int MOST_BYTES = 16 * 1024;

        private int left;

        Records(int bytes) {
            this.left = bytes;
        }

        @Override
        public int read(ByteBuffer target) {
            if (left == 0) {
                return -1;
            }
            int count = Math.min(Math.min(left, MOST_BYTES), target.remaining());
            target.put(new byte[count]);
            left -= count;
            return count;
        }

        @Override
        public int write(ByteBuffer source) {
            throw new AssertionError("nothing is sent");
        }

        @Override
        public boolean peerEndedCleanly() {
            return left == 0;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}

        @Override
        public void reset() {}
    }

    /** Grants so much at once, each time after a while, and keeps the account. */
    private static final class Cashier implements Throttle {

        private final long turn;
        private final AtomicLong granted = new AtomicLong();
        private final AtomicInteger turns = new AtomicInteger();

        Cashier(long turn) {
            this.turn = turn;
        }

        @Override
        public Grant reserve(long wanted) {
            long bytes = Math.min(wanted, turn);
            granted.addAndGet(bytes);
            turns.incrementAndGet();
            return new Grant(bytes, 1);
        }

        @Override
        public void giveBack(long bytes) {
            granted.addAndGet(-bytes);
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @ValueSource(longs = {1000, 12_000, 16 * 1024, 100_000, MIB})
    void chargesAnUploadWhatCameAndLetsItUseAWholeTurn(long turn) throws Exception {
        int size = 3 * MIB + 1;
        Cashier cashier = new Cashier(turn);
        Completion completion = new Completion();
        engine.stream(
                new StreamSpec(
                        new ReadyChannel(new Records(size)),
                        new Upload(create(folder.resolve("upload"))),
                        StreamReason.UPLOAD,
                        cashier,
                        System.nanoTime()),
                completion);

        assertThat(completion.result().bytes()).isEqualTo(size);
        assertThat(cashier.granted).hasValue(size);
        long usedOfATurn = turn > Records.MOST_BYTES ? turn - Records.MOST_BYTES : turn;
        assertThat(cashier.turns.get()).isLessThanOrEqualTo((int) (size / usedOfATurn) + 2);
    }

    @Test
    void anUploadIsCompleteThoughItsClientDoesNotWaitForOurFarewell() throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            DataChannel channel = new WithoutFarewell(new PlainDataChannel(connection.server()));
            Completion completion = new Completion();
            engine.stream(spec(new ReadyChannel(channel), new Upload(create(folder.resolve("upload")))), completion);
            write(connection, random(1000));
            connection.client().close();

            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        }
    }

    @Test
    void aDownloadIsNotCompleteIfItsEndCouldNotBeSent() throws Exception {
        Path file = Files.write(folder.resolve("file"), random(1000));
        try (DataConnection connection = DataConnection.open()) {
            DataChannel channel = new WithoutFarewell(new PlainDataChannel(connection.server()));
            Completion completion = new Completion();
            engine.stream(
                    spec(new ReadyChannel(channel), new SourceStream(new LocalFile(file), 0, bytes -> bytes)),
                    completion);

            assertThat(completion.outcome()).isInstanceOf(Outcome.PeerClosed.class);
        }
    }

    private Completion stream(DataConnection connection, StreamTask task) throws IOException {
        Completion completion = new Completion();
        engine.stream(spec(ready(connection), task), completion);
        return completion;
    }

    private static DataChannelOpener ready(DataConnection connection) throws IOException {
        return new ReadyChannel(new PlainDataChannel(connection.server()));
    }

    private static StreamSpec spec(DataChannelOpener opener, StreamTask task) {
        return new StreamSpec(opener, task, StreamReason.UPLOAD, Throttle.NONE, System.nanoTime());
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    private static void write(DataConnection connection, byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            connection.client().write(buffer);
        }
    }
}
