package dev.zeroftpd.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
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
            FilePump pump =
                    new FilePump(new FileSend(source, 0, connection.server(), Throttle.NONE, 0), now::get, wait);

            assertThat(pump.turn(1_000)).isEqualTo(new FilePump.Next.Again(false));

            now.set(11);
            assertThat(wait.exceeds(now.get(), 10)).isTrue();
        }
    }
}
