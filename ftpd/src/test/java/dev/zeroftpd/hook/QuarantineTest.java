package dev.zeroftpd.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.ops.event.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    /** The upload deletes its own name, so that a quota hears of it. */
    @Test
    void aFileOfTheSameFileSystemGetsANameMoreAndIsNotCopied() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path directory = Files.createDirectory(folder.resolve("quarantine"));
        Path file = Files.writeString(home.resolve("partial"), "bad");
        new Quarantine(directory).take(candidate(file), "no", () -> false);
        assertThat(file).hasContent("bad");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files)
                    .singleElement()
                    .satisfies(
                            taken -> assertThat(Files.isSameFile(taken, file)).isTrue());
        }
    }

    /** As the check is given where a name is no UTF-8. */
    @Test
    void aFileThatIsFoundThroughThisProcessIsThereAsAWhole() throws IOException {
        Path file = Files.createTempFile("upload", "");
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
            open.write(ByteBuffer.wrap("bad".getBytes(StandardCharsets.UTF_8)));
            new Quarantine(folder).take(candidate(throughThisProcess(file)), "no", () -> false);
            assertThat(quarantined())
                    .singleElement()
                    .satisfies(taken -> assertThat(taken).hasContent("bad"));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static Path throughThisProcess(Path file) throws IOException {
        Path descriptors = Path.of("/proc/" + ProcessHandle.current().pid() + "/fd");
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.filter(each -> leadsTo(each, file)).findFirst().orElseThrow();
        }
    }

    private static boolean leadsTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file.toRealPath());
        } catch (IOException closed) {
            return false;
        }
    }

    /** Only there: elsewhere a link could have been put in the file's place. */
    @Test
    void noOtherLinkIsFollowed() throws IOException {
        Path file = elsewhere();
        Path link = file.resolveSibling(file.getFileName() + "-link");
        try {
            assumeTrue(!Files.getFileStore(file).equals(Files.getFileStore(folder)));
            Files.createSymbolicLink(link, file);
            new Quarantine(folder).take(candidate(link), "no", () -> false);
            assertThat(quarantined()).isEmpty();
        } finally {
            Files.deleteIfExists(link);
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
