package dev.zeroftpd.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.transfer.bandwidth.Throttle;
import dev.zeroftpd.transfer.channel.DataChannel;
import dev.zeroftpd.transfer.channel.ForwardingDataChannel;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import dev.zeroftpd.transfer.channel.ReadyChannel;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.turn.OnePlace;
import dev.zeroftpd.transfer.turn.Turn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTransferTest {

    private static final int MIB = 1024 * 1024;

    @TempDir
    Path folder;

    @RegisterExtension
    private final RunningEngine engine = new RunningEngine();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16 * 1024, 16 * 1024 + 1, 5 * MIB + 3})
    void receivesEveryByte(int size) throws Exception {
        byte[] content = RandomFile.bytes(size);
        Path file = folder.resolve("upload");
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = engine.stream(connection, ReceivingTask.to(file));
            connection.sendByClient(content);
            connection.client().shutdownOutput();

            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
            assertThat(completion.result().bytes()).isEqualTo(size);
            assertThat(Files.readAllBytes(file)).isEqualTo(content);
        }
    }

    @Test
    void sendsAFileAsPromised() throws Exception {
        Path file = Files.write(folder.resolve("file"), RandomFile.bytes(3 * MIB + 5));
        try (DataConnection connection = DataConnection.open()) {
            LocalFile source = new LocalFile(file);
            Completion completion = engine.stream(connection, new SourceStream(source, MIB, bytes -> bytes));

            DataConnection.Received received = connection.receive();
            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
            assertThat(received.bytes()).isEqualTo(2 * MIB + 5);
            assertThat(received.reset()).isFalse();
            assertThat(source.isOpen()).isFalse();
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
        engine.get()
                .start(
                        new TransferRequest.Stream(
                                new ReadyChannel(new Records(size)),
                                ReceivingTask.to(folder.resolve("upload")),
                                StreamReason.UPLOAD,
                                GenerousLimits.with(cashier),
                                System.nanoTime()),
                        completion);

        assertThat(completion.result().bytes()).isEqualTo(size);
        assertThat(cashier.granted).hasValue(size);
        long usedOfATurn = turn > Records.MOST_BYTES ? turn - Records.MOST_BYTES : turn;
        assertThat(cashier.turns.get()).isLessThanOrEqualTo((int) (size / usedOfATurn) + 2);
    }

    /** Its peer is always ready, but it has to compute before it reads, as TLS does. */
    private static final class Computing extends ForwardingDataChannel {

        Computing(DataChannel channel) {
            super(channel);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            Turn.current().take();
            return super.read(target);
        }
    }

    /** On a busy server it would be cut for our own slowness. */
    @Test
    @Tag("attack")
    void isNotStalledByWaitingForItsTurn() throws Exception {
        OnePlace place = OnePlace.taken();
        TransferLimits limits = GenerousLimits.with(Duration.ofMillis(200));
        Completion polite = new Completion();
        Completion silent = new Completion();
        try (TransferEngine busy = TransferEngine.start(1, System::nanoTime, place.turns());
                DataConnection connection = DataConnection.open()) {
            busy.start(stream(new Computing(new Records(1000)), limits), polite);
            await().until(() -> !place.hasNoneWaiting());
            busy.start(stream(new PlainDataChannel(connection.server()), limits), silent);

            assertThat(silent.outcome()).isInstanceOf(Outcome.Stalled.class);
            assertThat(polite.isDone()).isFalse();
            place.free();
            assertThat(polite.outcome()).isEqualTo(new Outcome.Completed());
        }
    }

    private TransferRequest.Stream stream(DataChannel channel, TransferLimits limits) throws IOException {
        return new TransferRequest.Stream(
                new ReadyChannel(channel),
                ReceivingTask.to(folder.resolve("upload " + channel.getClass().getSimpleName())),
                StreamReason.UPLOAD,
                limits,
                System.nanoTime());
    }

    @Test
    void anUploadIsCompleteThoughItsClientDoesNotWaitForOurFarewell() throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            DataChannel channel = new WithoutFarewell(new PlainDataChannel(connection.server()));
            Completion completion = new Completion();
            engine.stream(new ReadyChannel(channel), ReceivingTask.to(folder.resolve("upload")), completion);
            connection.sendByClient(RandomFile.bytes(1000));
            connection.client().close();

            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        }
    }

    @Test
    void aDownloadIsNotCompleteIfItsEndCouldNotBeSent() throws Exception {
        Path file = Files.write(folder.resolve("file"), RandomFile.bytes(1000));
        try (DataConnection connection = DataConnection.open()) {
            DataChannel channel = new WithoutFarewell(new PlainDataChannel(connection.server()));
            Completion completion = new Completion();
            engine.stream(
                    new ReadyChannel(channel), new SourceStream(new LocalFile(file), 0, bytes -> bytes), completion);

            assertThat(completion.outcome()).isInstanceOf(Outcome.PeerClosed.class);
        }
    }
}
