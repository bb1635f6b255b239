package dev.zeroftpd.storage.folder;

import static dev.zeroftpd.storage.StorageContract.assertRefused;
import static dev.zeroftpd.storage.StorageContract.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.config.HardLinks;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.config.UploadSettings;
import dev.zeroftpd.config.WithoutQuit;
import dev.zeroftpd.storage.Access;
import dev.zeroftpd.storage.HomeOnDisk;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageContext;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.linux.LinuxStorage;
import dev.zeroftpd.storage.provider.ProviderStorage;
import dev.zeroftpd.storage.upload.PartialFiles;
import dev.zeroftpd.storage.upload.PartialOwner;
import dev.zeroftpd.storage.upload.PartialPlace;
import dev.zeroftpd.storage.upload.ToldLengths;
import dev.zeroftpd.storage.upload.UploadContext;
import dev.zeroftpd.storage.upload.UploadRights;
import dev.zeroftpd.storage.upload.Uploads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Each folder is confined by itself: no name, link or rename leads from one to another, or out. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
@EnabledOnOs(OS.LINUX)
@Tag("attack")
class FolderConfinementTest {

    @Parameter
    boolean linux;

    @TempDir
    Path directory;

    private Path home;
    private Path shared;
    private Storage storage;

    @BeforeEach
    void open() throws IOException {
        home = Files.createDirectory(directory.resolve("home"));
        shared = Files.createDirectory(directory.resolve("shared"));
        Files.writeString(directory.resolve("secret"), "secret");
        Files.writeString(home.resolve("mine"), "mine");
        Files.writeString(shared.resolve("theirs"), "theirs");
        storage = session();
    }

    private Storage session() {
        StorageContext context = HomeOnDisk.context(SymlinkPolicy.INSIDE);
        VirtualPath at = path("/shared");
        Storage folder = linux ? new LinuxStorage(shared, at, context) : new ProviderStorage(shared, at, context);
        return new FolderedStorage(
                linux ? new LinuxStorage(home, context) : new ProviderStorage(home, context),
                List.of(Folder.of(at, shared.toString(), false, folder)));
    }

    private Uploads uploads() {
        UploadSettings settings =
                new UploadSettings(UploadMode.ATOMIC, 022, false, Duration.ofHours(1), WithoutQuit.NEW, HardLinks.KEEP);
        PartialPlace place = new PartialPlace(storage, UploadContext.of(settings, false), home.toString());
        return new Uploads(
                storage,
                new PartialFiles(place, PartialOwner.of("alice", Optional.empty())),
                new ToldLengths(),
                UploadRights.ALL);
    }

    @Test
    void aLinkInAFolderLeadsNowhereElse() throws IOException {
        Files.createSymbolicLink(shared.resolve("out"), Path.of("../secret"));
        Files.createSymbolicLink(shared.resolve("home"), Path.of("../home"));
        Files.createSymbolicLink(shared.resolve("absolute"), directory.resolve("secret"));

        for (String link : List.of("/shared/out", "/shared/home/mine", "/shared/absolute")) {
            assertRefused(Kind.OUTSIDE_HOME, () -> storage.openForReading(path(link)));
            assertRefused(Kind.OUTSIDE_HOME, () -> storage.metadata(path(link)));
        }
        assertRefused(Kind.OUTSIDE_HOME, () -> storage.list(path("/shared/home")));
        assertThat(storage.entry(path("/shared/out")).link().orElseThrow().text())
                .isEmpty();
        assertThat(storage.entry(path("/shared/home")).link().orElseThrow().text())
                .isEmpty();
    }

    @Test
    void aLinkOfTheHomeLeadsIntoNoFolder() throws IOException {
        Files.createSymbolicLink(home.resolve("real"), Path.of("../shared"));
        Files.createSymbolicLink(home.resolve("virtual"), Path.of("shared/theirs"));

        assertRefused(Kind.OUTSIDE_HOME, () -> storage.openForReading(path("/real/theirs")));
        assertRefused(Kind.NOT_FOUND, () -> storage.openForReading(path("/virtual")));
    }

    /** By name such a link leads into the folder; an account that may not write there would write through it. */
    @Test
    void anUploadToALinkGoesIntoNoFolder() throws IOException {
        Files.createSymbolicLink(home.resolve("new"), Path.of("shared/new"));
        Files.createSymbolicLink(home.resolve("folder"), Path.of("shared"));

        assertRefused(Kind.NOT_PERMITTED, () -> uploads().store(path("/new")));
        assertRefused(Kind.NOT_PERMITTED, () -> uploads().append(path("/new")));
        assertRefused(Kind.NOT_PERMITTED, () -> uploads().store(path("/folder")));
        assertThat(shared).isDirectoryNotContaining("glob:**new*");
    }

    @Test
    void aLinkThatIsMovedIntoAFolderIsConfinedThere() throws IOException {
        Files.createDirectory(home.resolve("d"));
        Files.createSymbolicLink(home.resolve("d/up"), Path.of("../mine"));

        storage.rename(path("/d"), path("/shared/d"));
        storage.rename(path("/shared/d/up"), path("/shared/up"));

        assertRefused(Kind.OUTSIDE_HOME, () -> storage.openForReading(path("/shared/up")));
    }

    @Test
    void aFolderIsTheDirectoryThatItWasAtLogin() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("secret"), "secret");
        Files.move(shared, directory.resolve("away"));
        Files.createSymbolicLink(shared, other);

        assertThatThrownBy(() -> storage.list(path("/shared")))
                .hasMessageStartingWith("the folder /shared is no longer the one that you logged in to");
        assertRefused(Kind.NOT_PERMITTED, () -> storage.openForReading(path("/shared/secret")));
        assertRefused(Kind.NOT_PERMITTED, () -> storage.createDirectory(path("/shared/d")));
        assertRefused(Kind.NOT_PERMITTED, () -> storage.rename(path("/mine"), path("/shared/mine")));
        assertThat(storage.isAccessible(path("/shared/secret"), Access.READ)).isFalse();
        assertThat(storage.metadata(path("/mine")).isFile()).isTrue();
        assertThat(other.resolve("d")).doesNotExist();
        assertThat(session().metadata(path("/shared/secret")).isFile()).isTrue();
    }
}
