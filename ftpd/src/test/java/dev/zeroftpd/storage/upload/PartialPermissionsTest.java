package dev.zeroftpd.storage.upload;

import static dev.zeroftpd.storage.StorageContract.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.transfer.FileSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What has not got its name yet is the server's alone, whatever it will be, with the kernel's confinement and without. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
@Tag("attack")
class PartialPermissionsTest {

    private static final String SERVERS_ALONE = "rw-------";

    /** A file system in memory that every Linux has: another one than that of temporary files. */
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    @Parameter
    boolean linux;

    @TempDir
    Path home;

    private UploadsOnDisk disk;

    @BeforeEach
    void openHome() {
        disk = UploadsOnDisk.in(home, linux, UploadMode.ATOMIC, SymlinkPolicy.FOLLOW);
    }

    @Test
    void newFilesArriveUnseenAndGetTheUmasksPermissions() throws IOException {
        completesWith("rw-r--r--", disk.uploads().store(path("/stored")), "stored");
        completesWith("rw-r--r--", disk.uploads().append(path("/appended")), "appended");
        completesWith("rw-r--r--", disk.uploads().storeNew(path("/new")).orElseThrow(), "new");

        disk.storage().setUmask(0002);
        completesWith("rw-rw-r--", disk.uploads().store(path("/group")), "group");
        disk.storage().setUmask(0277);
        completesWith("r--------", disk.uploads().store(path("/fixed")), "fixed");
    }

    @Test
    void newContentArrivesUnseenAndGetsTheOldFilesPermissions() throws IOException {
        for (String permissions : new String[] {"rw-------", "rw-r-----", "rwxr-xr-x", "rw-rw-rw-"}) {
            Path old = Files.writeString(home.resolve("old" + permissions), "old");
            Files.setPosixFilePermissions(old, PosixFilePermissions.fromString(permissions));
            completesWith(permissions, disk.uploads().store(path("/old" + permissions)), "old" + permissions);
        }
    }

    /** The partial of an older version was as readable as the file would be. */
    @Test
    void whatABrokenUploadLeftIsHiddenBeforeItGoesOn() throws IOException {
        UploadsOnDisk.interrupt(disk.uploads().store(path("/f")), "begun");
        assertThat(permissions(partial())).isEqualTo(SERVERS_ALONE);
        Files.setPosixFilePermissions(partial(), PosixFilePermissions.fromString("rw-r--r--"));

        completesWith("rw-r--r--", disk.uploads().storeFrom(path("/f"), source -> java.util.OptionalLong.of(2)), "f");
    }

    @Test
    void whatOnlyItsOwnerMightReadStaysSoIfItIsDeletedMeanwhile() throws IOException {
        Path secret = Files.writeString(home.resolve("secret"), "old");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        FileSink upload = disk.uploads().store(path("/secret"));
        Files.delete(secret);

        completesWith("rw-------", upload, "secret");
    }

    @Test
    void anUploadThatDoesNotGetItsNameStaysUnseen() throws IOException {
        FileSink upload = disk.uploads().storeNew(path("/taken")).orElseThrow();
        Files.writeString(home.resolve("taken"), "by another");

        assertThatThrownBy(upload::complete).isInstanceOf(StorageException.class);

        assertThat(home.resolve("taken")).hasContent("by another");
        assertThat(disk.onDisk()).containsExactly("taken");
    }

    @Test
    void aMovedFileIsCopiedUnseen() throws IOException {
        Path elsewhere = Files.createTempDirectory(SHARED_MEMORY, "zeroftpd-test");
        try {
            Files.createSymbolicLink(home.resolve("other"), elsewhere);
            Path file = Files.writeString(home.resolve("f"), "moved");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            try (FileMove move = disk.renames()
                    .rename(path("/f"), Optional.empty(), path("/other/f"))
                    .orElseThrow()) {
                assertThat(permissions(partialIn(elsewhere))).isEqualTo(SERVERS_ALONE);
                move.goOn(() -> false);
                assertThat(permissions(partialIn(elsewhere))).isEqualTo(SERVERS_ALONE);
                move.finish();
            }
            assertThat(permissions(elsewhere.resolve("f"))).isEqualTo("rw-r--r--");
        } finally {
            Files.deleteIfExists(elsewhere.resolve("f"));
            Files.delete(elsewhere);
        }
    }

    private void completesWith(String permissions, FileSink upload, String name) throws IOException {
        assertThat(permissions(partial())).as("at first").isEqualTo(SERVERS_ALONE);
        UploadsOnDisk.write(upload, "content of " + name);
        assertThat(permissions(partial())).as("with content").isEqualTo(SERVERS_ALONE);
        upload.complete();
        assertThat(permissions(home.resolve(name))).as(name).isEqualTo(permissions);
    }

    private Path partial() throws IOException {
        return partialIn(home);
    }

    private static Path partialIn(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            Optional<Path> partial = files.filter(
                            file -> file.getFileName().toString().contains(".zeroftpd-partial-"))
                    .findFirst();
            return partial.orElseThrow();
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
