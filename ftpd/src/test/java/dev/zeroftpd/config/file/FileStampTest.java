package dev.zeroftpd.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileStampTest {

    @TempDir
    private Path folder;

    /** A key that was copied with the wrong permissions, say. Its bytes and its time stay as they are. */
    @Test
    void changesWhenAFileIsMadeReadable() throws Exception {
        Path key = Files.writeString(folder.resolve("key.pem"), "a key");
        FileStamp before = FileStamp.of(key);

        await().until(() -> {
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
            return !FileStamp.of(key).equals(before); // the kernel's clock for files ticks every few milliseconds
        });
    }

    @Test
    void changesWithTheFilesTimeAndSize() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "one");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        FileStamp before = FileStamp.of(file);

        Files.setLastModifiedTime(file, FileTime.fromMillis(2_000));

        assertThat(FileStamp.of(file)).isNotEqualTo(before);
        assertThat(FileStamp.of(folder.resolve("none"))).isEqualTo(FileStamp.of(folder.resolve("another")));
    }
}
