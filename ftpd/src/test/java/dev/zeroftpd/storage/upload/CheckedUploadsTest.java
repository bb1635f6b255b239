package dev.zeroftpd.storage.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.config.HardLinks;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.config.UploadSettings;
import dev.zeroftpd.config.WithoutQuit;
import dev.zeroftpd.storage.HomeOnDisk;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.linux.LinuxStorage;
import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads whose whole content is looked at before it gets a name: nothing of it is in the named file before. */
class CheckedUploadsTest {

    private static final VirtualPath FILE = VirtualPath.ROOT.child("file");

    @TempDir
    private Path home;

    private Uploads uploads;
    private Renames renames;

    @BeforeEach
    void open() {
        Storage storage = new LinuxStorage(home, HomeOnDisk.context(SymlinkPolicy.INSIDE));
        var settings =
                new UploadSettings(UploadMode.DIRECT, 022, false, Duration.ofHours(1), WithoutQuit.NEW, HardLinks.KEEP);
        PartialPlace place = new PartialPlace(storage, UploadContext.of(settings, true), home.toString());
        PartialFiles partials = new PartialFiles(place, PartialOwner.of("alice", Optional.empty()));
        uploads = new Uploads(storage, partials, new ToldLengths());
        renames = new Renames(storage, partials, true);
    }

    private Path file() {
        return home.resolve("file");
    }

    private static Path whole(FileSink upload) throws IOException {
        return Path.of(upload.whole().orElseThrow());
    }

    private List<String> onDisk() throws IOException {
        return UploadsOnDisk.onDisk(home);
    }

    @Test
    void aNewFileIsSeenAsAWholeBeforeItHasItsName() throws IOException {
        FileSink upload = uploads.store(FILE);
        UploadsOnDisk.write(upload, "new");
        assertThat(whole(upload)).hasContent("new");
        assertThat(file()).doesNotExist();
        upload.complete();
        assertThat(file()).hasContent("new");
        assertThat(onDisk()).containsExactly("file");
    }

    @Test
    void anAppendedFileIsSeenAsAWhole() throws IOException {
        Files.writeString(file(), "old");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw----"));
        FileSink upload = uploads.append(FILE);
        UploadsOnDisk.write(upload, " and new");
        assertThat(whole(upload)).hasContent("old and new");
        assertThat(file()).hasContent("old");
        upload.complete();
        assertThat(file()).hasContent("old and new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-rw----");
        assertThat(onDisk()).containsExactly("file");
    }

    @Test
    void whatWasCheckedAloneIsNotAppendedToAFileThatCameMeanwhile() throws IOException {
        FileSink upload = uploads.append(FILE);
        UploadsOnDisk.write(upload, "the end");
        Files.writeString(file(), "another");
        assertThatThrownBy(upload::complete).isInstanceOfSatisfying(StorageException.class, refused -> {
            assertThat(refused.kind()).isEqualTo(StorageException.Kind.BUSY);
            assertThat(refused.outcome())
                    .isEqualTo(new Outcome.LocalFailure("/file: has come meanwhile; send APPE again", refused));
        });
        assertThat(file()).hasContent("another");
        assertThat(onDisk()).containsExactly("file");
    }

    @Test
    void theRestOfAFileIsSeenWithItsBeginningAndItsEnd() throws IOException {
        Files.writeString(file(), "0123456789");
        FileSink upload = uploads.storeFrom(FILE, _ -> OptionalLong.of(3));
        assertThat(upload.start()).isEqualTo(3);
        UploadsOnDisk.write(upload, "xy");
        assertThat(whole(upload)).hasContent("012xy56789");
        assertThat(file()).hasContent("0123456789");
        upload.complete();
        assertThat(file()).hasContent("012xy56789");
    }

    @Test
    void aRangeIsRefusedBeforeItIsPublishedIfSomeOfItIsMissing() throws IOException {
        Files.writeString(file(), "0123456789");
        FileSink upload = uploads.storeRange(FILE, 2, 5);
        UploadsOnDisk.write(upload, "xy");
        assertThatThrownBy(upload::whole).hasMessageContaining("2 of them did not come");
        upload.interrupt(new Outcome.Rejected("no"));
        assertThat(file()).hasContent("0123456789");
        assertThat(onDisk()).containsExactly("file");
    }

    @Test
    void aRefusedOneLeavesTheOldFileAndNothingElse() throws IOException {
        Files.writeString(file(), "old");
        refuse(uploads.store(FILE));
        refuse(uploads.append(FILE));
        assertThat(file()).hasContent("old");
        assertThat(onDisk()).containsExactly("file");
    }

    @Test
    void noDirectoryAboveIsRenamedWhileTheContentIsLookedAt() throws IOException {
        VirtualPath directory = VirtualPath.ROOT.child("a");
        VirtualPath other = VirtualPath.ROOT.child("b");
        Files.createDirectories(home.resolve("a/sub"));
        FileSink upload = uploads.store(directory.child("sub").child("file"));
        UploadsOnDisk.write(upload, "new");
        assertThat(whole(upload)).hasContent("new");
        assertThatThrownBy(() -> renames.rename(directory, Optional.empty(), other))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(StorageException.Kind.BUSY));
        assertThatThrownBy(() -> renames.rename(directory.child("sub"), Optional.empty(), other))
                .isInstanceOf(StorageException.class);
        upload.complete();
        renames.rename(directory, Optional.empty(), other);
        assertThat(home.resolve("b/sub/file")).hasContent("new");
    }

    @Test
    void nothingButWhatWasLookedAtIsPublished() throws IOException {
        VirtualPath directory = VirtualPath.ROOT.child("a");
        Files.createDirectories(home.resolve("a"));
        FileSink upload = uploads.store(directory.child("file"));
        UploadsOnDisk.write(upload, "good");
        String partial = whole(upload).getFileName().toString();
        Files.move(home.resolve("a"), home.resolve("b"));
        Files.createDirectories(home.resolve("a"));
        Files.writeString(home.resolve("a").resolve(partial), "bad");
        assertThatThrownBy(upload::complete)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(StorageException.Kind.BUSY));
        assertThat(home.resolve("a/file")).doesNotExist();
    }

    @Test
    void theCopyOfTheOldFileEndsWithTheTransfer() throws IOException {
        Files.writeString(file(), "old");
        FileSink upload = uploads.append(FILE);
        upload.endIf(() -> true);
        assertThatThrownBy(() -> UploadsOnDisk.write(upload, " new")).hasMessageContaining("aborted");
        upload.interrupt(new Outcome.ClientVanished());
        assertThat(file()).hasContent("old");
        assertThat(onDisk()).containsExactly("file");
    }

    private static void refuse(FileSink upload) throws IOException {
        UploadsOnDisk.write(upload, "bad");
        upload.interrupt(new Outcome.Rejected("no"));
    }

    @Test
    void oneThatIsInQuarantineByNowIsNoError() throws IOException {
        FileSink upload = uploads.store(FILE);
        UploadsOnDisk.write(upload, "bad");
        Files.delete(whole(upload));
        upload.interrupt(new Outcome.Rejected("no"));
        assertThat(onDisk()).isEmpty();
    }

    @Test
    void twoDontChangeAFileAtOnce() throws IOException {
        Files.writeString(file(), "old");
        FileSink upload = uploads.append(FILE);
        assertThatThrownBy(() -> uploads.append(FILE)).isInstanceOf(StorageException.class);
        UploadsOnDisk.write(upload, " new");
        upload.complete();
        uploads.append(FILE).interrupt(new Outcome.PeerClosed(""));
        assertThat(file()).hasContent("old new");
    }

    @Test
    void aFileThatWasChangedMeanwhileStaysAsItIs() throws IOException {
        Files.writeString(file(), "old");
        FileSink upload = uploads.append(FILE);
        UploadsOnDisk.write(upload, " new");
        Files.writeString(file(), "by another program");
        assertThatThrownBy(upload::complete).isInstanceOf(StorageException.class);
        assertThat(file()).hasContent("by another program");
        assertThat(onDisk()).containsExactly("file");
    }
}
