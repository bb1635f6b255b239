package dev.zeroftpd.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.transfer.bandwidth.Throttle;
import dev.zeroftpd.transfer.loop.EventLoop;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are read from a disk: their turns wait, on threads that no other work needs. */
class ColdFileTest {

    private static final int SIZE = 8 * 1024 * 1024;
    private static final int PIECE = 16 * 1024;
    private static final String COLD_LANE = "cold-file-";

    @TempDir
    private Path folder;

    private final AtomicLong now = new AtomicLong();
    private TransferEngine engine;

    @BeforeEach
    void start() throws IOException {
        engine = TransferEngine.start(1, now::get);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void isReadAsideFromTheEventLoop() throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[SIZE]);
        try (DataConnection connection = DataConnection.open()) {
            ColdFile cold = new ColdFile(new LocalFile(file));
            Completion completion = send(cold, connection);

            assertThat(connection.receive().bytes()).isEqualTo(SIZE);
            connection.client().close();
            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
            assertThat(cold.readers).anyMatch(name -> name.startsWith(COLD_LANE));
        }
    }

    /**
     * The disk outlasts the grace of a shutdown, or the loop dies: no other code would report how the transfer ended.
     */
    @Test
    void isReportedWhereItsEventLoopEndedMeanwhile() throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[SIZE]);
        try (DataConnection connection = DataConnection.open()) {
            ColdFile cold = new ColdFile(new LocalFile(file));
            cold.disk = new CountDownLatch(1);
            Completion completion = send(cold, connection);
            await().until(() -> cold.waiting);
            EventLoop loop = engine.loop();
            CountDownLatch others = new CountDownLatch(1);
            loop.execute(() -> awaitUnchecked(others));
            Thread closing = Thread.ofVirtual().start(loop::close);
            await().until(() -> refusesTasks(loop));

            try {
                cold.disk.countDown();
                assertThat(completion.outcome()).isEqualTo(new Outcome.Aborted(Outcome.Aborted.Cause.SHUTDOWN));
            } finally {
                others.countDown();
                closing.join();
            }
        }
    }

    private Completion send(ColdFile file, DataConnection connection) {
        Completion completion = new Completion();
        engine.start(
                new TransferRequest.ZeroCopy(
                        file, 0, connection.server(), GenerousLimits.with(new SmallPieces()), now.get()),
                completion);
        return completion;
    }

    /** So small that the socket takes each whole, whether somebody reads or not: else it would be the socket that waits. */
    private static final class SmallPieces implements Throttle {

        @Override
        public Grant reserve(long wanted) {
            return new Grant(Math.min(wanted, PIECE), 0);
        }

        @Override
        public void giveBack(long bytes) {}

        @Override
        public void close() {}
    }

    private static boolean refusesTasks(EventLoop loop) {
        try {
            loop.execute(() -> {});
            return false;
        } catch (RejectedExecutionException e) {
            return true;
        }
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file of which every piece takes a second of the test's clock, and in the cold lane as long as the disk says. */
    private final class ColdFile implements FileSource {

        private final LocalFile file;
        private final Set<String> readers = ConcurrentHashMap.newKeySet();
        private volatile CountDownLatch disk = new CountDownLatch(0);
        private volatile boolean waiting;

        ColdFile(LocalFile file) {
            this.file = file;
        }

        @Override
        public FileChannel fileChannel() {
            String reader = Thread.currentThread().getName();
            readers.add(reader);
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            file.waited();
            if (reader.startsWith(COLD_LANE)) {
                waiting = true;
                awaitUnchecked(disk);
            }
            return file.fileChannel();
        }

        @Override
        public long waitsOfThisThread() {
            return file.waitsOfThisThread();
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public Way way() {
            return file.way();
        }

        @Override
        public ReadableByteChannel streamFrom(long offset) throws IOException {
            return file.streamFrom(offset);
        }

        @Override
        public Change change() throws IOException {
            return file.change();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
