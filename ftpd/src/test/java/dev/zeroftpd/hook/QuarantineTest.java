package dev.zeroftpd.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.ops.event.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTest {

    private static final Event.Client ALICE = new Event.Client("s1", "alice", "192.0.2.1", true);

    @TempDir
    private Path folder;

    private static UploadChecks.Candidate candidate(Path file) {
        return new UploadChecks.Candidate(ALICE, "STOR", "/in/a b.txt", file.toString());
    }

    private List<Path> quarantined() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** A file in memory, where the folder is on a disk. */
    private static Path elsewhere() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory));
        return Files.writeString(Files.createTempFile(memory, "upload", ""), "bad");
    }

    @Test
    void aFileOfAnotherFileSystemIsThereAsAWhole() throws IOException {
        Path file = elsewhere();
        try {
            new Quarantine(folder).take(candidate(file), "no", () -> false);
            assertThat(quarantined()).singleElement().satisfies(taken -> {
                assertThat(taken).hasContent("bad");
                assertThat(taken.getFileName().toString()).endsWith("-alice-a_b.txt");
            });
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Test
    void aCopyThatTheServersEndStopsLeavesNothingHalf() throws IOException {
        Path file = elsewhere();
        try {
            assumeTrue(!Files.getFileStore(file).equals(Files.getFileStore(folder)));
            new Quarantine(folder).take(candidate(file), "no", () -> true);
            assertThat(quarantined()).isEmpty();
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
