package dev.zeroftpd.storage.upload;

import static dev.zeroftpd.storage.StorageContract.assertRefused;
import static dev.zeroftpd.storage.StorageContract.path;
import static dev.zeroftpd.storage.upload.UploadsOnDisk.complete;
import static dev.zeroftpd.storage.upload.UploadsOnDisk.interrupt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.storage.StorageException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Uploads to a symbolic link that leads to no file: the file is created, the link stays. */
@ParameterizedClass
@CsvSource({"true, ATOMIC", "true, DIRECT", "false, ATOMIC", "false, DIRECT"})
class DanglingUploadTest {

    @Parameter(0)
    boolean linux;

    @Parameter(1)
    UploadMode mode;

    @TempDir
    Path directory;

    private Path home;
    private Path link;
    private UploadsOnDisk disk;

    @BeforeEach
    void openHome() throws IOException {
        home = Files.createDirectory(directory.resolve("home"));
        link = home.resolve("link");
        disk = UploadsOnDisk.in(home, linux, mode);
    }

    private void link(String text) throws IOException {
        Files.createSymbolicLink(link, Path.of(text));
    }

    @Test
    void storeCreatesWhatItLeadsTo() throws IOException {
        link("target");

        complete(disk.uploads().store(path("/link")), "new");

        assertThat(link).isSymbolicLink().hasContent("new");
        assertThat(disk.onDisk()).containsExactly("link", "target");
    }

    @Test
    void appendCreatesWhatItLeadsTo() throws IOException {
        link("./target");

        complete(disk.uploads().append(path("/link")), "one ");
        complete(disk.uploads().append(path("/link")), "two");

        assertThat(link).isSymbolicLink().hasContent("one two");
    }

    @Test
    void linksToLinksAndUpwardsAreFollowed() throws IOException {
        Files.createDirectories(home.resolve("a/b"));
        Files.createSymbolicLink(home.resolve("a/b/up"), Path.of("../../link"));
        link("a/target");

        complete(disk.uploads().store(path("/a/b/up")), "new");

        assertThat(home.resolve("a/target")).hasContent("new");
        assertThat(home.resolve("a/b/up")).isSymbolicLink();
        assertThat(link).isSymbolicLink();
    }

    @Test
    void upwardsFromADirectoryThatIsALinkItselfIsRefused() throws IOException {
        Files.createDirectories(home.resolve("a/b"));
        Files.createSymbolicLink(home.resolve("a/b/up"), Path.of("../target"));
        Files.createSymbolicLink(home.resolve("c"), Path.of("a/b"));

        assertRefused(Kind.NOT_PERMITTED, () -> disk.uploads().store(path("/c/up")));

        assertThat(disk.onDisk()).containsExactly("a", "c");
    }

    @Test
    void aNewNameIsNeverThatOfALink() throws IOException {
        link("target");

        assertThat(disk.uploads().storeNew(path("/link"))).isEmpty();
        assertThat(disk.onDisk()).containsExactly("link");
    }

    @Test
    void nothingIsCreatedOutsideTheHome() throws IOException {
        link("../outside");

        assertRefused(Kind.OUTSIDE_HOME, () -> disk.uploads().store(path("/link")));
        assertRefused(Kind.OUTSIDE_HOME, () -> disk.uploads().append(path("/link")));
        assertThat(directory.resolve("outside")).doesNotExist();
    }

    @Test
    void whereLinksAreDeniedTheUploadIsRefused() throws IOException {
        link("target");
        disk = UploadsOnDisk.in(home, linux, mode, SymlinkPolicy.DENY);

        assertRefused(Kind.NOT_PERMITTED, () -> disk.uploads().store(path("/link")));
        assertRefused(Kind.NOT_PERMITTED, () -> disk.uploads().append(path("/link")));
        assertThat(disk.onDisk()).containsExactly("link");
    }

    @Test
    void whereTheLinkLeadsIntoNoDirectoryTheUploadIsRefused() throws IOException {
        link("absent/target");

        assertRefused(Kind.NOT_FOUND, () -> disk.uploads().store(path("/link")));
        assertThat(disk.onDisk()).containsExactly("link");
    }

    @Test
    void aBrokenUploadOfItCanBeContinued() throws IOException {
        link("target");
        interrupt(disk.uploads().store(path("/link")), "one ");

        complete(disk.uploads().storeFrom(path("/link"), StartPosition.bytes(4)), "two");

        assertThat(link).isSymbolicLink().hasContent("one two");
        assertThat(disk.onDisk()).containsExactly("link", "target");
    }
}
