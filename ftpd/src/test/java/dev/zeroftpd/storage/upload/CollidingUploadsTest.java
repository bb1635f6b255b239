package dev.zeroftpd.storage.upload;

import static dev.zeroftpd.storage.StorageContract.assertRefused;
import static dev.zeroftpd.storage.StorageContract.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.config.HardLinks;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.config.UploadSettings;
import dev.zeroftpd.config.WithoutQuit;
import dev.zeroftpd.storage.HomeOnDisk;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageContext;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.folder.Folder;
import dev.zeroftpd.storage.folder.FolderedStorage;
import dev.zeroftpd.storage.linux.LinuxStorage;
import dev.zeroftpd.storage.provider.ProviderStorage;
import dev.zeroftpd.transfer.FileSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** No byte that was acknowledged is lost where uploads, renames and deletions meet in one file. */
@EnabledOnOs(OS.LINUX)
@ParameterizedClass
@ValueSource(booleans = {true, false})
class CollidingUploadsTest {

    @Parameter
    boolean linux;

    @TempDir
    Path home;

    private Storage storage;
    private PartialFiles partials;
    private Uploads uploads;
    private Renames renames;

    @BeforeEach
    void openHome() throws IOException {
        StorageContext context = HomeOnDisk.context(SymlinkPolicy.INSIDE);
        storage = linux ? new LinuxStorage(home, context) : new ProviderStorage(home, context);
        use(UploadMode.ATOMIC, HardLinks.KEEP, Duration.ZERO);
        Files.writeString(home.resolve("log"), "0123");
    }

    private void use(UploadMode mode, HardLinks hardLinks, Duration patience) {
        var settings = new UploadSettings(mode, 022, false, Duration.ofHours(1), WithoutQuit.NEW, hardLinks);
        UploadContext context = new UploadContext(
                settings,
                new ActiveUploads(patience),
                new SweptDirectories(),
                new PartialFreeDirectories(),
                InstantSource.system(),
                false);
        partials = new PartialFiles(
                new PartialPlace(storage, context, home.toString()), PartialOwner.of("alice", Optional.empty()));
        uploads = new Uploads(storage, partials, new ToldLengths());
        renames = new Renames(storage, partials, true);
    }

    /** What is written there may count, and what was written where it began doesn't. */
    @Test
    void aFileDoesNotLeaveItsFolderWhileAnUploadWritesToIt() throws IOException {
        useFolders();
        Files.createLink(home.resolve("other"), home.resolve("log"));
        for (String name : List.of("/log", "/other")) {
            FileSink appending = uploads.append(path(name));
            assertRefused(Kind.BUSY, () -> renames.rename(path("/log"), Optional.empty(), path("/folder/log")));
            UploadsOnDisk.complete(appending, "4");
        }
        assertThat(home.resolve("folder")).isEmptyDirectory();

        renames.rename(path("/log"), Optional.empty(), path("/folder/log"));

        assertThat(home.resolve("folder/log")).hasContent("012344");
        UploadsOnDisk.complete(uploads.append(path("/folder/log")), "5");
        UploadsOnDisk.complete(uploads.store(path("/log")), "new");
        assertThat(home.resolve("folder/log")).hasContent("0123445");
    }

    @Test
    void twoFoldersMayBeOneDirectory() throws IOException {
        useFolders();
        renames.rename(path("/log"), Optional.empty(), path("/folder/log"));

        renames.rename(path("/folder/log"), Optional.empty(), path("/again/log"));
        renames.rename(path("/folder/log"), Optional.empty(), path("/again/log.1"));

        assertThat(home.resolve("folder/log.1")).hasContent("0123");
    }

    /** {@code /folder} and {@code /again}: the same directory. */
    private void useFolders() throws IOException {
        Path directory = Files.createDirectory(home.resolve("folder"));
        StorageContext context = HomeOnDisk.context(SymlinkPolicy.INSIDE);
        List<Folder> folders = new ArrayList<>();
        for (String at : List.of("/folder", "/again")) {
            Storage inside = linux
                    ? new LinuxStorage(directory, path(at), context)
                    : new ProviderStorage(directory, path(at), context);
            folders.add(Folder.of(path(at), directory.toString(), false, inside));
        }
        storage = new FolderedStorage(storage, folders);
        use(UploadMode.ATOMIC, HardLinks.KEEP, Duration.ZERO);
    }

    @Test
    void aFileIsNotAppendedToByItsNewNameWhileItIsByItsOldOne() throws IOException {
        FileSink first = uploads.append(path("/log"));
        renames.rename(path("/log"), Optional.empty(), path("/log.1"));

        assertRefused(Kind.BUSY, () -> uploads.append(path("/log.1")));
        assertRefused(Kind.BUSY, () -> uploads.storeFrom(path("/log.1"), StartPosition.bytes(1)));
        assertRefused(Kind.BUSY, () -> uploads.storeRange(path("/log.1"), 0, 1));

        completed(first, "4");
        completed(uploads.append(path("/log.1")), "5");
        assertThat(home.resolve("log.1")).hasContent("012345");
        assertThat(home.resolve("log")).doesNotExist();
    }

    @Test
    void aFileIsNotWrittenByTwoOfItsNames() throws IOException {
        Files.createLink(home.resolve("hard"), home.resolve("log"));
        Files.createSymbolicLink(home.resolve("soft"), Path.of("log"));
        FileSink first = uploads.append(path("/soft"));

        assertRefused(Kind.BUSY, () -> uploads.append(path("/hard")));
        assertRefused(Kind.BUSY, () -> uploads.append(path("/log")));
        use(UploadMode.DIRECT, HardLinks.KEEP, Duration.ZERO);
        FileSink direct = uploads.append(path("/log"));
        assertRefused(Kind.BUSY, () -> uploads.store(path("/hard")));

        first.complete();
        completed(direct, "4");
        assertThat(home.resolve("log")).hasContent("01234");
        completed(uploads.store(path("/hard")), "new");
        assertThat(home.resolve("log")).hasContent("new");
    }

    @Test
    void aFinishedUploadIsNotCopiedIntoAFileThatIsAppendedToByAnotherName() throws IOException {
        Files.createLink(home.resolve("hard"), home.resolve("log"));
        FileSink appending = uploads.append(path("/log"));
        FileSink storing = uploads.store(path("/hard"));
        write(storing, "NEW");

        assertRefused(Kind.BUSY, storing::complete);
        assertThat(home.resolve("log")).hasContent("0123");
        appending.complete();

        completed(uploads.storeFrom(path("/hard"), StartPosition.bytes(3)), "ER");
        assertThat(home.resolve("log")).hasContent("NEWER");
    }

    @Test
    void aFinishedUploadDoesNotTakeThePlaceOfAFileThatIsAppendedTo() throws IOException {
        FileSink appending = uploads.append(path("/log"));
        FileSink storing = uploads.store(path("/log"));
        write(storing, "NEW");

        assertRefused(Kind.BUSY, storing::complete);
        appending.complete();
        assertThat(home.resolve("log")).hasContent("0123");

        completed(uploads.storeFrom(path("/log"), StartPosition.bytes(3)), "ER");
        assertThat(home.resolve("log")).hasContent("NEWER");
    }

    @Test
    void aFinishedUploadWaitsALittleForAnAppendToEnd() throws Exception {
        use(UploadMode.ATOMIC, HardLinks.KEEP, Duration.ofMinutes(1));
        FileSink appending = uploads.append(path("/log"));
        FileSink storing = uploads.store(path("/log"));
        write(storing, "NEW");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> stored = threads.submit(() -> {
                storing.complete();
                return "done";
            });
            completed(appending, "4");
            assertThat(stored.get()).isEqualTo("done");
        }
        assertThat(home.resolve("log")).hasContent("NEW");
    }

    @Test
    void aRenameDoesNotReplaceWhatIsAppendedToThroughALink() throws IOException {
        Files.createSymbolicLink(home.resolve("soft"), Path.of("log"));
        Files.writeString(home.resolve("other"), "other");
        FileSink appending = uploads.append(path("/soft"));

        assertRefused(Kind.BUSY, () -> renames.rename(path("/other"), Optional.empty(), path("/log")));
        completed(appending, "4");
        assertThat(home.resolve("log")).hasContent("01234");
    }

    @Test
    void whatWasAppendedToADeletedFileIsNotSaidToBeThere() throws IOException {
        assumeTrue(linux, "Java tells of no open file how many names it has");
        FileSink appending = uploads.append(path("/log"));
        partials.delete(path("/log"));
        write(appending, "4");
        assertThatThrownBy(appending::complete)
                .isInstanceOf(StorageException.class)
                .hasMessage("/log: the file was replaced or deleted meanwhile, and what came is lost; send it again");

        completed(uploads.append(path("/log")), "again");
        assertThat(home.resolve("log")).hasContent("again");
    }

    private static void completed(FileSink upload, String bytes) throws IOException {
        write(upload, bytes);
        upload.complete();
    }

    private static void write(FileSink upload, String bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes.getBytes(UTF_8));
        while (left.hasRemaining()) {
            upload.channel().write(left);
        }
    }
}
