package dev.zeroftpd.storage.upload;

import static dev.zeroftpd.storage.StorageContract.path;
import static dev.zeroftpd.storage.upload.UploadsOnDisk.complete;
import static dev.zeroftpd.storage.upload.UploadsOnDisk.interrupt;
import static dev.zeroftpd.storage.upload.UploadsOnDisk.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.quota.CappedStorage;
import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads of a file that others delete, create or write to at that moment. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class UploadRacesTest {

    private static final int ROUNDS = 300;

    @Parameter
    boolean linux;

    @TempDir
    Path home;

    private UploadsOnDisk disk;
    private Path file;

    @BeforeEach
    void openHome() {
        disk = UploadsOnDisk.in(home, linux, UploadMode.ATOMIC);
        file = home.resolve("f");
    }

    @Test
    void aFileThatIsDeletedAndMadeAgainAllTheTimeCanBeStored() throws Exception {
        whileComingAndGoing(() -> complete(disk.uploads().store(path("/f")), "new"));

        assertThat(disk.onDisk()).allMatch(name -> name.equals("f"));
    }

    @Test
    void aFileThatIsDeletedAndMadeAgainAllTheTimeCanBeAppendedTo() throws Exception {
        whileComingAndGoing(this::appendUnlessItIsDeletedMeanwhile);

        assertThat(disk.onDisk()).allMatch(name -> name.equals("f"));
    }

    @Test
    void anAppendedLineIsNeverBehindAHole() throws Exception {
        whileComingAndGoing(() -> {
            appendUnlessItIsDeletedMeanwhile();
            try {
                assertThat(Files.readString(file)).doesNotContain("\0");
            } catch (IOException gone) {
                assertThat(gone).isInstanceOf(NoSuchFileException.class);
            }
        });
    }

    @Test
    void whatIsAppendedGoesBehindTheEndAsItIsByThen() throws IOException {
        Files.writeString(file, "a line of the other one\n");
        FileSink upload = disk.uploads().append(path("/f"));
        write(upload, "lost");
        Files.write(file, new byte[0]); // cut by another process, as a log is when it is rotated

        complete(upload, "new");

        assertThat(file).hasContent("new");
    }

    @Test
    void theRestOfWhatIsAppendedGoesBehindAFileThatHasComeMeanwhile() throws IOException {
        ToldLengths told = new ToldLengths();
        Uploads uploads = new Uploads(disk.storage(), disk.partials(), told);
        interrupt(uploads.append(path("/f")), "one, ");
        told.tell(path("/f"), 5);
        FileSink rest = uploads.append(path("/f"));
        Files.writeString(file, "a line of the other one\n");

        complete(rest, "two");

        assertThat(file).hasContent("a line of the other one\none, two");
    }

    @Test
    void whatCannotBeAppendedWholeIsNotThereAtAll() throws IOException {
        UploadsOnDisk small = disk.with(new CappedStorage(disk.storage(), () -> 300 << 10));
        FileSink upload = small.uploads().append(path("/f"));
        write(upload, "x".repeat(290 << 10));
        Files.writeString(file, "y".repeat(20 << 10));

        assertThatThrownBy(upload::complete).hasMessageContaining("too large");

        assertThat(file).hasContent("y".repeat(20 << 10));
        assertThat(disk.onDisk()).containsExactly("f");
    }

    @Test
    void aFinishedUploadThatCannotBeCopiedIsKeptWhateverTheReasonIs() throws IOException {
        Files.writeString(file, "the old content");
        Files.createLink(home.resolve("other name"), file);
        FileSink upload = disk.uploads().store(path("/f"));
        write(upload, "complete");
        try (ActiveUploads.Hold another = disk.partials().place().hold(path("/f"), path("/f"))) {
            assertThat(another).isNotNull();
            assertThatThrownBy(upload::complete).isInstanceOf(IOException.class);
            upload.interrupt(new Outcome.DiskFull("No space left on device"));
        }

        assertThat(disk.broken(path("/f"))).contains(8L);
    }

    /** What was written to a file that is deleted before the end is lost, and the client has to hear that. */
    private void appendUnlessItIsDeletedMeanwhile() throws IOException {
        FileSink upload = disk.uploads().append(path("/f"));
        try {
            complete(upload, "new");
        } catch (StorageException lost) {
            assertThat(lost).hasMessageContaining("replaced or deleted meanwhile");
        }
    }

    private interface Round {
        void run() throws IOException;
    }

    private void whileComingAndGoing(Round round) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Thread other = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                try {
                    Files.writeString(file, "a line of the other one\n");
                    Files.deleteIfExists(file);
                } catch (IOException raced) {
                    Thread.onSpinWait();
                }
            }
        });
        try {
            for (int i = 0; i < ROUNDS; i++) {
                round.run();
            }
        } finally {
            over.set(true);
            other.join();
        }
    }
}
