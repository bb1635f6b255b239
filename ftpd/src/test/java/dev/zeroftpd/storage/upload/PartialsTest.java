package dev.zeroftpd.storage.upload;

import static dev.zeroftpd.storage.StorageContract.assertRefused;
import static dev.zeroftpd.storage.StorageContract.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.config.HardLinks;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.config.UploadSettings;
import dev.zeroftpd.config.WithoutQuit;
import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.HiddenName;
import dev.zeroftpd.storage.HomeOnDisk;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageContext;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.linux.LinuxStorage;
import dev.zeroftpd.storage.provider.ProviderStorage;
import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

    private static final Outcome RESET = new Outcome.PeerClosed("Connection reset");
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
        partials = partialsOf("alice", UploadContext.of(settings(UploadMode.ATOMIC, EXPIRY)));
        uploads = new Uploads(storage, partials, new ToldLengths());
    }

    /** As another run of the server would do it. */
    private Uploads uploadsOf(String user, Duration expiry) {
        UploadContext context = UploadContext.of(settings(UploadMode.ATOMIC, expiry));
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
        interrupted(uploads.store(path("/f")), "old news");
        Path partial = home.resolve(onDisk().getFirst());
        Files.setLastModifiedTime(
                partial, FileTime.from(Instant.now().minus(EXPIRY).minusSeconds(1)));

        assertThat(partials.broken(path("/f"), Optional.empty())).isEmpty();
        assertThat(onDisk()).isEmpty();
    }

    @Test
    void whatAKilledServerLeftExpiresWhenItsDirectoryIsVisited() throws IOException {
        UploadContext context = UploadContext.of(partials.settings());
        FileSink running = new Uploads(storage, partialsOf("alice", context), new ToldLengths()).store(path("/a"));
        write(running, "slow");
        interrupted(uploadsOf("bob", Duration.ZERO).store(path("/b")), "left");
        interrupted(uploadsOf("bob", Duration.ZERO).store(path("/c")), "left");
        for (String partial : onDisk()) {
            Files.setLastModifiedTime(
                    home.resolve(partial), FileTime.from(Instant.now().minus(EXPIRY)));
        }
        interrupted(uploadsOf("bob", Duration.ZERO).store(path("/d")), "young");

        PartialPlace place = new PartialPlace(storage, context, "the same home by another name");
        new PartialFiles(place, PartialOwner.of("carol", Optional.empty())).visit(VirtualPath.ROOT);

        await().until(() -> onDisk().size() == 2);
        running.complete();
        assertThat(visible()).containsExactly("a");
        assertThat(onDisk()).hasSize(2);
    }

    @Test
    void whatAKilledServerLeftExpiresLaterIfItIsYoung() throws IOException {
        interrupted(uploadsOf("alice", Duration.ZERO).store(path("/left")), "left");

        completed(uploadsOf("alice", Duration.ofMillis(200)).store(path("/another")), "visits the directory");

        await().until(() -> onDisk().equals(List.of("another")));
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

        await().until(() -> onDisk().equals(List.of("f")));
    }

    @Test
    void aDirectoryOfPartialsOnlyIsRemovedUnlessOneIsBeingWritten() throws IOException {
        storage.createDirectory(path("/d"));
        FileSink running = uploads.store(path("/d/f"));
        interrupted(uploads.store(path("/d/g")), "left");

        assertRefused(Kind.NOT_EMPTY, () -> partials.removeDirectory(path("/d")));
        interrupted(running, "left too");
        partials.removeDirectory(path("/d"));

        assertThat(home.resolve("d")).doesNotExist();
    }

    @Test
    void aDirectoryWithAFileKeepsItsPartials() throws IOException {
        storage.createDirectory(path("/d"));
        Files.writeString(home.resolve("d/file"), "");
        interrupted(uploads.store(path("/d/g")), "left");

        assertRefused(Kind.NOT_EMPTY, () -> partials.removeDirectory(path("/d")));
        assertThat(home.resolve("d"))
                .isDirectoryContaining(
                        file -> HiddenName.isPartial(file.getFileName().toString()));
    }

    private static void completed(FileSink upload, String bytes) throws IOException {
        write(upload, bytes);
        upload.complete();
    }

    private static void interrupted(FileSink upload, String bytes) throws IOException {
        write(upload, bytes);
        upload.interrupt(RESET);
    }

    private static void write(FileSink upload, String bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes.getBytes(UTF_8));
        while (left.hasRemaining()) {
            upload.channel().write(left);
        }
    }

    private List<String> onDisk() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private List<String> visible() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryListing listing = storage.list(VirtualPath.ROOT)) {
            for (Optional<DirectoryEntry> entry = listing.next(); entry.isPresent(); entry = listing.next()) {
                names.add(entry.get().name());
            }
        }
        return names;
    }
}
