package dev.zeroftpd.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.transfer.channel.DataChannel;
import dev.zeroftpd.transfer.channel.DataChannelOpener;
import dev.zeroftpd.transfer.channel.NoDataConnectionException;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import dev.zeroftpd.transfer.channel.ReadyChannel;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Streamed transfers that end early: by the peer, by this machine, by a cancellation. The task hears of each end once. */
class BrokenStreamTest {

    private static final int MIB = 1024 * 1024;
    private static final int SMALL_BUFFERS = 16 * 1024;

    @TempDir
    Path folder;

    @RegisterExtension
    private final RunningEngine engine = new RunningEngine();

    @Test
    void saysThatTheSourceChangedWhenAStreamedFileShrinks() throws Exception {
        Path file = Files.write(folder.resolve("file"), RandomFile.bytes(8 * MIB));
        try (DataConnection connection = DataConnection.open(SMALL_BUFFERS)) {
            Completion completion = engine.stream(connection, new SourceStream(new LocalFile(file), 0, bytes -> bytes));
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
            ReceivingTask upload = ReceivingTask.to(folder.resolve("upload"));
            Completion completion = engine.stream(connection, upload);
            connection.sendByClient(RandomFile.bytes(100));
            connection.resetByClient();

            assertThat(completion.outcome()).isInstanceOf(Outcome.PeerClosed.class);
            assertThat(upload.finished()).isEqualTo(completion.outcome());
        }
    }

    @Test
    void endsAStalledUploadWithAReset() throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = new Completion();
            engine.stream(
                    new ReadyChannel(new PlainDataChannel(connection.server())),
                    ReceivingTask.to(folder.resolve("upload")),
                    GenerousLimits.with(Duration.ofMillis(50)),
                    completion);

            assertThat(completion.outcome()).isEqualTo(new Outcome.Stalled(Duration.ofMillis(50)));
            assertThat(connection.receive().reset()).isTrue();
        }
    }

    @Test
    void endsACancelledUploadWithAReset() throws Exception {
        try (DataConnection connection = DataConnection.open()) {
            Completion completion = new Completion();
            ReceivingTask upload = ReceivingTask.to(folder.resolve("upload"));
            Transfer transfer =
                    engine.stream(new ReadyChannel(new PlainDataChannel(connection.server())), upload, completion);
            connection.sendByClient(RandomFile.bytes(100));
            await().until(() -> transfer.bytes() == 100);
            transfer.cancel(Outcome.Aborted.Cause.ABOR);

            assertThat(completion.outcome()).isEqualTo(new Outcome.Aborted(Outcome.Aborted.Cause.ABOR));
            assertThat(upload.finished()).isEqualTo(completion.outcome());
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
        ReceivingTask upload = ReceivingTask.to(folder.resolve("upload"));
        engine.stream(handshake, upload, completion).cancel(Outcome.Aborted.Cause.CONTROL_CLOSED);

        assertThat(completion.outcome()).isEqualTo(new Outcome.Aborted(Outcome.Aborted.Cause.CONTROL_CLOSED));
        assertThat(upload.finished()).isEqualTo(completion.outcome());
    }

    @Test
    void passesOnWhyThereIsNoDataConnection() {
        DataChannelOpener failing = new DataChannelOpener() {
            @Override
            public DataChannel open() throws IOException {
                throw new NoDataConnectionException("no common cipher");
            }

            @Override
            public void abandon() {}
        };
        Completion completion = new Completion();
        engine.stream(failing, transfer -> new Outcome.Completed(), completion);

        assertThat(completion.outcome()).isEqualTo(new Outcome.NoDataConnection("no common cipher"));
    }

    @Test
    void saysThatTheDiskIsFull() throws Exception {
        try (DataConnection connection = DataConnection.open();
                FileChannel full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE)) {
            Completion completion = engine.stream(connection, new ReceivingTask(full));
            connection.sendByClient(RandomFile.bytes(100));

            assertThat(completion.outcome()).isInstanceOf(Outcome.DiskFull.class);
            assertThat(connection.receive().reset()).isTrue();
        }
    }

    @Test
    void turnsAFailureOfTheLastStepIntoALocalFailure() throws Exception {
        StreamTask task = new StreamTask() {
            @Override
            public Outcome run(StreamChannel transfer) {
                return new Outcome.Completed();
            }

            @Override
            public Outcome finish(Outcome outcome) throws IOException {
                throw new IOException("cannot rename");
            }
        };
        try (DataConnection connection = DataConnection.open()) {
            assertThat(engine.stream(connection, task).outcome()).isInstanceOf(Outcome.LocalFailure.class);
        }
    }

    @Test
    void survivesATaskThatThrows() throws Exception {
        StreamTask broken = transfer -> {
            throw new IllegalStateException("broken");
        };
        try (DataConnection connection = DataConnection.open()) {
            assertThat(engine.stream(connection, broken).outcome()).isInstanceOf(Outcome.LocalFailure.class);
            assertThat(connection.receive().reset()).isTrue();
        }
    }

    @Test
    void endsATransferThatFindsNoMemory() throws Exception {
        StreamTask starved = transfer -> {
            throw new OutOfMemoryError("as the virtual machine throws it");
        };
        try (DataConnection connection = DataConnection.open()) {
            assertThat(engine.stream(connection, starved).outcome()).isInstanceOf(Outcome.LocalFailure.class);
            assertThat(connection.receive().reset()).isTrue();
            await().until(() -> engine.get().runningTransfers() == 0);
        }
    }
}
