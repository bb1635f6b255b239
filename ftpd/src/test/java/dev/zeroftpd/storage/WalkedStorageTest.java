package dev.zeroftpd.storage;

import static dev.zeroftpd.storage.StorageContract.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.storage.provider.ProviderStorage;
import dev.zeroftpd.transfer.FileSource;
import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A local home where the kernel does not confine. */
class WalkedStorageTest implements DiskContract {

    @TempDir
    Path directory;

    private HomeOnDisk disk;

    @BeforeEach
    void makeHome() throws IOException {
        disk = HomeOnDisk.in(directory);
    }

    @Override
    public HomeOnDisk disk() {
        return disk;
    }

    @Override
    public Storage storage(Path home, StorageContext context) {
        return new ProviderStorage(home, context);
    }

    @Test
    void localFilesGoByZeroCopyHereToo() throws IOException {
        Files.writeString(home().resolve("f"), "x");

        try (FileSource source = storage().openForReading(path("/f"))) {
            assertThat(source.way()).isEqualTo(Way.zeroCopy());
            assertThat(source.fileChannel().size()).isEqualTo(1);
        }
    }

    @Test
    void aTimeThatWasSetIsNoChangeOfContent() throws IOException {
        Path file = Files.writeString(home().resolve("f"), "x");

        try (FileSource source = storage().openForReading(path("/f"))) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
            assertThat(source.change()).isEqualTo(FileSource.Change.UNCHANGED);

            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2101-02-03T04:05:06Z")));
            assertThat(source.change()).isEqualTo(FileSource.Change.UNCHANGED);

            Files.writeString(file, "y");
            assertThat(source.change()).isEqualTo(FileSource.Change.TOUCHED);
        }
    }

    @Test
    void tellsPipesFromOtherSpecialFiles() throws Exception {
        new ProcessBuilder("mkfifo", home().resolve("pipe").toString()).start().waitFor();

        Metadata pipe = storage(SymlinkPolicy.INSIDE).entry(path("/pipe"));

        assertThat(pipe.kind()).isEqualTo(Metadata.Kind.OTHER);
        assertThat(pipe.mode() & 0170000).isEqualTo(0010000);
    }
}
