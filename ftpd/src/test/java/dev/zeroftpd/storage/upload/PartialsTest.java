package dev.zeroftpd.storage.upload;

import static dev.zeroftpd.storage.StorageContract.assertRefused;
import static dev.zeroftpd.storage.StorageContract.path;
import static dev.zeroftpd.storage.upload.UploadsOnDisk.complete;
import static dev.zeroftpd.storage.upload.UploadsOnDisk.interrupt;
import static dev.zeroftpd.storage.upload.UploadsOnDisk.onDisk;
import static dev.zeroftpd.storage.upload.UploadsOnDisk.visible;
import static dev.zeroftpd.storage.upload.UploadsOnDisk.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.config.HardLinks;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.config.UploadSettings;
import dev.zeroftpd.config.WithoutQuit;
import dev.zeroftpd.storage.HiddenName;
import dev.zeroftpd.storage.HomeOnDisk;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageContext;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.linux.LinuxStorage;
import dev.zeroftpd.storage.provider.ProviderStorage;
import dev.zeroftpd.transfer.FileSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** How long what broken uploads have left stays, with the kernel's confinement and without. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class PartialsTest {

    private static final Duration EXPIRY = Duration.ofHours(1);

    @Parameter
    boolean linux;

    @TempDir
    Path home;

    private Storage storage;
    private PartialFiles partials;
    private Uploads uploads;

    @BeforeEach
    void openHome() {
        StorageContext context = HomeOnDisk.context(SymlinkPolicy.INSIDE);
        storage = linux ? new LinuxStorage(home, context) : new ProviderStorage(home, context);
        partials = partialsOf("alice", UploadContext.of(settings(UploadMode.ATOMIC, EXPIRY), false));
        uploads = new Uploads(storage, partials, new ToldLengths());
    }

    /** As another run of the server would do it. */
    private Uploads uploadsOf(String user, Duration expiry) {
        UploadContext context = UploadContext.of(settings(UploadMode.ATOMIC, expiry), false);
        return new Uploads(storage, partialsOf(user, context), new ToldLengths());
    }

    private static UploadSettings settings(UploadMode mode, Duration expiry) {
        return new UploadSettings(mode, 022, true, expiry, WithoutQuit.NEW, HardLinks.KEEP);
    }

    private PartialFiles partialsOf(String user, UploadContext context) {
        return new PartialFiles(
                new PartialPlace(storage, context, home.toString()), PartialOwner.of(user, Optional.empty()));
    }

    @Test
    void partialsExpire() throws IOException {
        interrupt(uploads.store(path("/f")), "old news");
        Path partial = home.resolve(onDisk(home).getFirst());
        Files.setLastModifiedTime(
                partial, FileTime.from(Instant.now().minus(EXPIRY).minusSeconds(1)));

        assertThat(partials.broken(path("/f"), Optional.empty())).isEmpty();
        assertThat(onDisk(home)).isEmpty();
    }

    @Test
    void whatAKilledServerLeftExpiresWhenItsDirectoryIsVisited() throws IOException {
        UploadContext context = UploadContext.of(partials.settings(), false);
        FileSink running = new Uploads(storage, partialsOf("alice", context), new ToldLengths()).store(path("/a"));
        write(running, "slow");
        interrupt(uploadsOf("bob", Duration.ZERO).store(path("/b")), "left");
        interrupt(uploadsOf("bob", Duration.ZERO).store(path("/c")), "left");
        for (String partial : onDisk(home)) {
            Files.setLastModifiedTime(
                    home.resolve(partial), FileTime.from(Instant.now().minus(EXPIRY)));
        }
        interrupt(uploadsOf("bob", Duration.ZERO).store(path("/d")), "young");

        PartialPlace place = new PartialPlace(storage, context, "the same home by another name");
        new PartialFiles(place, PartialOwner.of("carol", Optional.empty())).visit(VirtualPath.ROOT);

        await().until(() -> onDisk(home).size() == 2);
        running.complete();
        assertThat(visible(storage)).containsExactly("a");
        assertThat(onDisk(home)).hasSize(2);
    }

    @Test
    void whatAKilledServerLeftExpiresLaterIfItIsYoung() throws IOException {
        interrupt(uploadsOf("alice", Duration.ZERO).store(path("/left")), "left");

        complete(uploadsOf("alice", Duration.ofMillis(200)).store(path("/another")), "visits the directory");

        await().until(() -> onDisk(home).equals(List.of("another")));
    }

    @Test
    void whatIsLeftExpiresAlsoWhereTheClockIsSetBack() throws IOException {
        UploadContext dayAgo = new UploadContext(
                settings(UploadMode.ATOMIC, Duration.ofMillis(200)),
                new ActiveUploads(Duration.ZERO),
                new SweptDirectories(),
                new PartialFreeDirectories(),
                () -> Instant.now().minus(Duration.ofDays(1)),
                false);
        interrupt(uploadsOf("bob", Duration.ZERO).store(path("/other")), "left by another run");

        interrupt(new Uploads(storage, partialsOf("alice", dayAgo), new ToldLengths()).store(path("/f")), "left");

        await().until(() -> onDisk(home).isEmpty());
    }

    @Test
    void whatCanNotGetItsNameIsKeptAsOfABrokenUploadAndExpires() throws IOException {
        Uploads impatient = uploadsOf("alice", Duration.ofMillis(500));
        FileSink first = impatient.store(path("/f"));
        FileSink beside = impatient.store(path("/f"));
        write(first, "first");
        write(beside, "second");
        Files.createDirectory(home.resolve("f"));

        assertRefused(Kind.NOT_A_FILE, beside::complete);
        assertRefused(Kind.NOT_A_FILE, first::complete);

        await().until(() -> onDisk(home).equals(List.of("f")));
    }

    @Test
    void aDirectoryOfPartialsOnlyIsRemovedUnlessOneIsBeingWritten() throws IOException {
        storage.createDirectory(path("/d"));
        FileSink running = uploads.store(path("/d/f"));
        interrupt(uploads.store(path("/d/g")), "left");

        assertRefused(Kind.NOT_EMPTY, () -> partials.removeDirectory(path("/d")));
        interrupt(running, "left too");
        partials.removeDirectory(path("/d"));

        assertThat(home.resolve("d")).doesNotExist();
    }

    @Test
    void aDirectoryWithAFileKeepsItsPartials() throws IOException {
        storage.createDirectory(path("/d"));
        Files.writeString(home.resolve("d/file"), "");
        interrupt(uploads.store(path("/d/g")), "left");

        assertRefused(Kind.NOT_EMPTY, () -> partials.removeDirectory(path("/d")));
        assertThat(home.resolve("d"))
                .isDirectoryContaining(
                        file -> HiddenName.isPartial(file.getFileName().toString()));
    }
}
