package dev.zeroftpd.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.transfer.FilePump.DiskWait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePumpTest {

    @TempDir
    Path folder;

    /** The peer may have stopped reading just when a piece filled its buffer. */
    @Test
    void waitsForThePeerAfterAPieceThatWentAsAWhole() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[10_000]);
        AtomicLong now = new AtomicLong();
        WaitClock wait = new WaitClock(now::get);
        try (DataConnection connection = DataConnection.open();
                LocalFile source = new LocalFile(file)) {
            FilePump pump = new FilePump(
                    new TransferRequest.ZeroCopy(source, 0, connection.server(), GenerousLimits.limits(), 0),
                    now::get,
                    wait);

            assertThat(pump.turn(1_000)).isEqualTo(new FilePump.Next.Again(DiskWait.NONE));

            now.set(11);
            assertThat(wait.exceeds(now.get(), 10)).isTrue();
        }
    }

    /** On a machine that is full a turn takes long without a wait; only a wait tells of the disk. */
    @Test
    void tellsFromTheThreadsWaitsWhetherATurnWaitedForTheDisk() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[10_000]);
        AtomicLong now = new AtomicLong();
        LongSupplier secondsPass = () -> now.addAndGet(1_000_000_000);
        AtomicLong waits = new AtomicLong();
        try (DataConnection connection = DataConnection.open();
                LocalFile inMemory = new LocalFile(file);
                LocalFile cold = new LocalFile(file, waits::incrementAndGet)) {
            assertThat(pump(inMemory, connection, secondsPass).turn(1_000))
                    .isEqualTo(new FilePump.Next.Again(DiskWait.NONE));
            assertThat(pump(cold, connection, now::get).turn(1_000)).isEqualTo(new FilePump.Next.Again(DiskWait.SHORT));
            assertThat(pump(cold, connection, secondsPass).turn(1_000))
                    .isEqualTo(new FilePump.Next.Again(DiskWait.LONG));
        }
    }

    private static FilePump pump(FileSource source, DataConnection connection, LongSupplier nanoTime) {
        TransferRequest.ZeroCopy request =
                new TransferRequest.ZeroCopy(source, 0, connection.server(), GenerousLimits.limits(), 0);
        return new FilePump(request, nanoTime, new WaitClock(nanoTime));
    }
}
