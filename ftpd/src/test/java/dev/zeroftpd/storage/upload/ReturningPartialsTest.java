package dev.zeroftpd.storage.upload;

import static dev.zeroftpd.storage.StorageContract.path;
import static dev.zeroftpd.storage.upload.UploadsOnDisk.complete;
import static dev.zeroftpd.storage.upload.UploadsOnDisk.interrupt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.os.LinuxFiles;
import dev.zeroftpd.transfer.FileSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rest of a broken upload doesn't come back once its file has been another. */
class ReturningPartialsTest {

    @TempDir
    Path home;

    private UploadsOnDisk disk;

    @BeforeEach
    void aNewNameBroke() throws IOException {
        disk = UploadsOnDisk.in(home, LinuxFiles.areUsable(), UploadMode.ATOMIC);
        interrupt(disk.uploads().store(path("/f")), "of a new file");
    }

    @Test
    void whenAnotherFileTakesTheNameAndIsDeleted() throws IOException {
        Files.writeString(home.resolve("g"), "other");
        disk.renames().rename(path("/g"), Optional.empty(), path("/f"));

        assertThat(disk.onDisk()).containsExactly("f");

        disk.partials().delete(path("/f"));

        assertThat(disk.broken(path("/f"))).isEmpty();
        assertThat(disk.onDisk()).isEmpty();
    }

    @Test
    void whenAFileThatCameOtherwiseIsDeleted() throws IOException {
        Files.writeString(home.resolve("f"), "by other means");
        disk.partials().delete(path("/f"));

        assertThat(disk.onDisk()).isEmpty();
    }

    @Test
    void whenAFileThatCameOtherwiseIsRenamed() throws IOException {
        Files.writeString(home.resolve("f"), "by other means");
        disk.renames().rename(path("/f"), Optional.empty(), path("/g"));

        assertThat(disk.onDisk()).containsExactly("g");
    }

    @Test
    void whenAFileThatCameOtherwiseIsReplacedByAnUpload() throws IOException {
        Files.writeString(home.resolve("f"), "by other means");
        complete(disk.uploads().store(path("/f")), "new");

        assertThat(disk.onDisk()).containsExactly("f");
    }

    @Test
    void whenARenameReplacesTheFileThatTheUploadWasToReplace() throws IOException {
        Files.writeString(home.resolve("f"), "old");
        interrupt(disk.uploads().store(path("/f")), "of a replacement");
        Files.writeString(home.resolve("g"), "other");
        disk.renames().rename(path("/g"), Optional.empty(), path("/f"));

        assertThat(disk.onDisk()).containsExactly("f");
    }

    @Test
    void butOneThatIsBeingWrittenStays() throws IOException {
        FileSink running = disk.uploads().store(path("/f"));
        Files.writeString(home.resolve("g"), "other");
        disk.renames().rename(path("/g"), Optional.empty(), path("/f"));
        disk.partials().delete(path("/f"));

        complete(running, "new");

        assertThat(home.resolve("f")).hasContent("new");
    }
}
