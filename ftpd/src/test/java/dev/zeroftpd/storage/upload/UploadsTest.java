package dev.zeroftpd.storage.upload;

import static dev.zeroftpd.storage.StorageContract.assertRefused;
import static dev.zeroftpd.storage.StorageContract.path;
import static dev.zeroftpd.storage.upload.UploadsOnDisk.complete;
import static dev.zeroftpd.storage.upload.UploadsOnDisk.interrupt;
import static dev.zeroftpd.storage.upload.UploadsOnDisk.onDisk;
import static dev.zeroftpd.storage.upload.UploadsOnDisk.visible;
import static dev.zeroftpd.storage.upload.UploadsOnDisk.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.config.HardLinks;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.config.UploadSettings;
import dev.zeroftpd.config.WithoutQuit;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of uploads, with the kernel's confinement and without. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class UploadsTest {

    private static final Outcome RESET = new Outcome.PeerClosed("Connection reset");
    private static final Duration EXPIRY = Duration.ofHours(1);

    @Parameter
    boolean linux;

    @TempDir
    Path home;

    private Storage storage;
    private PartialFiles partials;
    private Uploads uploads;
    private ToldLengths told;

    @BeforeEach
    void openHome() {
        StorageContext context = HomeOnDisk.context(SymlinkPolicy.INSIDE);
        storage = linux ? new LinuxStorage(home, context) : new ProviderStorage(home, context);
        useMode(UploadMode.ATOMIC);
    }

    private void useMode(UploadMode mode) {
        partials = partialsOf("alice", UploadContext.of(settings(mode, EXPIRY), false));
        told = new ToldLengths();
        uploads = new Uploads(storage, partials, told);
    }

    private static UploadSettings settings(UploadMode mode, Duration expiry) {
        return new UploadSettings(mode, 022, true, expiry, WithoutQuit.NEW, HardLinks.KEEP);
    }

    private PartialFiles partialsOf(String user, UploadContext context) {
        return new PartialFiles(
                new PartialPlace(storage, context, home.toString()), PartialOwner.of(user, Optional.empty()));
    }

    @Test
    void aNewFileAppearsOnlyWhenItIsComplete() throws IOException {
        FileSink upload = uploads.store(path("/f"));
        write(upload, "hello");

        assertThat(home.resolve("f")).doesNotExist();
        assertThat(visible(storage)).isEmpty();

        upload.complete();

        assertThat(home.resolve("f")).hasContent("hello");
        assertThat(onDisk(home)).containsExactly("f");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("f"))))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void aBrokenUploadLeavesTheOldFileAndWhatItBrought() throws IOException {
        Files.writeString(home.resolve("f"), "old");

        interrupt(uploads.store(path("/f")), "new st");

        assertThat(home.resolve("f")).hasContent("old");
        assertThat(visible(storage)).containsExactly("f");
        assertThat(onDisk(home)).hasSize(2);
    }

    @Test
    void anUploadThatBroughtNothingLeavesNothing() throws IOException {
        interrupt(uploads.store(path("/f")), "");

        assertThat(onDisk(home)).isEmpty();
    }

    @Test
    void whatFilledTheDiskIsGivenBack() throws IOException {
        FileSink upload = uploads.store(path("/f"));
        write(upload, "as much as there was room for");
        upload.interrupt(new Outcome.DiskFull("No space left on device"));

        assertThat(onDisk(home)).isEmpty();
    }

    @Test
    void aLargeFileIsWhatWasSentWhateverWasReservedForIt() throws IOException {
        byte[] sent = new byte[11 << 20];
        new Random(1).nextBytes(sent);
        FileSink broken = uploads.store(path("/f"));
        writeInPieces(broken, sent, 0, 5 << 20);
        broken.interrupt(RESET);
        FileSink rest = uploads.storeFrom(path("/f"), StartPosition.bytes(5 << 20));
        writeInPieces(rest, sent, 5 << 20, sent.length);
        rest.complete();

        assertThat(home.resolve("f")).hasBinaryContent(sent);
    }

    private static void writeInPieces(FileSink upload, byte[] bytes, int from, int to) throws IOException {
        for (int at = from; at < to; at += 1 << 20) {
            upload.channel().write(ByteBuffer.wrap(bytes, at, Math.min(1 << 20, to - at)));
        }
    }

    @Test
    void aReplacedFileKeepsItsPermissions() throws IOException {
        Files.writeString(home.resolve("f"), "old");
        Files.setPosixFilePermissions(home.resolve("f"), PosixFilePermissions.fromString("rw-rw----"));

        complete(uploads.store(path("/f")), "new");

        assertThat(home.resolve("f")).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("f"))))
                .isEqualTo("rw-rw----");
    }

    @Test
    void restContinuesThePartialAndReplacesTheOldFile() throws IOException {
        Files.writeString(home.resolve("f"), "old");
        interrupt(uploads.store(path("/f")), "01234");

        complete(uploads.storeFrom(path("/f"), StartPosition.bytes(3)), "abc");

        assertThat(home.resolve("f")).hasContent("012abc");
        assertThat(onDisk(home)).containsExactly("f");
    }

    @Test
    void restWithoutPartialChangesTheFileInPlaceAndNothingElseOfIt() throws IOException {
        Files.writeString(home.resolve("f"), "0123456789");

        complete(uploads.storeFrom(path("/f"), StartPosition.bytes(4)), "ab");

        assertThat(home.resolve("f")).hasContent("0123ab6789");
    }

    @Test
    void restBeyondTheEndIsRefusedRatherThanLeavingAHole() throws IOException {
        Files.writeString(home.resolve("f"), "0123");

        assertRefused(Kind.BEYOND_END, () -> uploads.storeFrom(path("/f"), StartPosition.bytes(5)));
        assertRefused(Kind.BEYOND_END, () -> uploads.storeFrom(path("/absent"), StartPosition.bytes(1)));
        assertThat(home.resolve("f")).hasContent("0123");
        assertThat(onDisk(home)).containsExactly("f");
    }

    @Test
    void appendContinuesThePartialForWhoWasToldHowLongItIs() throws IOException {
        Files.writeString(home.resolve("f"), "old");
        for (String name : List.of("/f", "/new")) {
            interrupt(uploads.store(path(name)), "01234");
            told.tell(path(name), 5);

            complete(uploads.append(path(name)), "56789");
        }

        assertThat(home.resolve("f")).hasContent("0123456789");
        assertThat(home.resolve("new")).hasContent("0123456789");
        assertThat(onDisk(home)).containsExactlyInAnyOrder("f", "new");
    }

    @Test
    void appendIsRefusedToWhoWasNotToldOrToldOfAnotherLength() throws IOException {
        interrupt(uploads.append(path("/f")), "01234");

        assertRefused(Kind.UNFINISHED, () -> uploads.append(path("/f")));
        told.tell(path("/f"), 4);
        assertRefused(Kind.UNFINISHED, () -> uploads.append(path("/f")));
    }

    @Test
    void appendNeverPutsALineBehindAnUploadThatBrokeBeforeTheLastLine() throws IOException {
        Files.writeString(home.resolve("log"), "one\n");
        interrupt(uploads.store(path("/log")), "something el");
        Files.writeString(home.resolve("log"), "one\ntwo\n");

        complete(uploads.append(path("/log")), "three\n");

        assertThat(home.resolve("log")).hasContent("one\ntwo\nthree\n");
    }

    @Test
    void ofTwoAppendsThatBeginAFileNoneIsLost() throws IOException {
        Uploads others = new Uploads(storage, partialsOf("bob", UploadContext.of(partials.settings(), false)), told);
        FileSink first = uploads.append(path("/log"));
        FileSink second = others.append(path("/log"));

        complete(second, "two\n");
        complete(first, "one\n");

        assertThat(home.resolve("log")).hasContent("two\none\n");
        assertThat(onDisk(home)).containsExactly("log");
    }

    @Test
    void twoUploadsOfOneFileDoNotMixAndTheLastToCompleteWins() throws IOException {
        FileSink first = uploads.store(path("/f"));
        FileSink second = uploads.store(path("/f"));
        write(first, "first");
        write(second, "second");
        write(first, " file");

        second.complete();
        assertThat(home.resolve("f")).hasContent("second");
        first.complete();
        assertThat(home.resolve("f")).hasContent("first file");
        assertThat(onDisk(home)).containsExactly("f");
    }

    @Test
    void ofTwoBrokenUploadsOneCanBeResumed() throws IOException {
        FileSink first = uploads.store(path("/f"));
        interrupt(uploads.store(path("/f")), "second");
        interrupt(first, "first");

        assertThat(onDisk(home)).hasSize(1);
        told.tell(path("/f"), 5);
        complete(uploads.append(path("/f")), " half");
        assertThat(home.resolve("f")).hasContent("first half");
    }

    @Test
    void whatIsBeingWrittenCanNotBeContinuedMeanwhile() throws IOException {
        Files.writeString(home.resolve("g"), "0123");
        FileSink fresh = uploads.store(path("/f"));
        write(fresh, "0123");
        FileSink appending = uploads.append(path("/g"));

        assertRefused(Kind.BUSY, () -> uploads.storeFrom(path("/f"), StartPosition.bytes(2)));
        assertRefused(Kind.BUSY, () -> uploads.append(path("/g")));

        fresh.complete();
        appending.complete();
        complete(uploads.append(path("/g")), "4");
        assertThat(home.resolve("g")).hasContent("01234");
    }

    @Test
    void aNewFileNeverReplacesOneThatCameMeanwhile() throws IOException {
        FileSink upload = uploads.storeNew(path("/f")).orElseThrow();
        assertThat(uploads.storeNew(path("/f"))).isEmpty();
        write(upload, "new");
        Files.writeString(home.resolve("f"), "came meanwhile");

        assertRefused(Kind.EXISTS, upload::complete);
        assertThat(home.resolve("f")).hasContent("came meanwhile");
        assertThat(uploads.storeNew(path("/f"))).isEmpty();
    }

    @Test
    void anUnseenFileGetsAnotherNameWhereOneCameMeanwhile() throws IOException {
        for (String name : List.of("f", "proven")) {
            FileSink upload = uploads.storeNewOrBeside(path("/" + name)).orElseThrow();
            write(upload, "new");
            Files.writeString(home.resolve(name), "came meanwhile");

            if (name.equals("f")) {
                assertThat(upload.completeIfNew()).isTrue();
            } else {
                upload.complete();
            }

            assertThat(home.resolve(name)).hasContent("came meanwhile");
            List<String> others = onDisk(home).stream()
                    .filter(other -> other.matches(name + "\\.[0-9a-f]{8}"))
                    .toList();
            assertThat(others).hasSize(1);
            assertThat(home.resolve(others.getFirst())).hasContent("new");
        }
        assertThat(onDisk(home)).hasSize(4);
    }

    @Test
    void makesNoNewFileWithoutThePermission() throws IOException {
        Uploads replacing = new Uploads(storage, partials, told, new UploadRights(false, true, true));

        assertRefused(Kind.NOT_PERMITTED, () -> replacing.storeNew(path("/f")));
        assertRefused(Kind.NOT_PERMITTED, () -> replacing.storeNewOrBeside(path("/f")));
        assertThat(onDisk(home)).isEmpty();
    }

    @Test
    void namesTheFileAndNotItsPartialWhereTheDirectoryIsGone() throws IOException {
        Files.createDirectory(home.resolve("d"));
        FileSink upload = uploads.store(path("/d/f"));
        write(upload, "moved away");
        Files.move(home.resolve("d"), home.resolve("moved"));
        Files.createDirectory(home.resolve("d"));

        assertThatThrownBy(upload::complete).hasMessage("/d/f: no such file or directory");
    }

    @Test
    void refusesWhatIsNoFileAndWhereNoDirectoryIs() throws IOException {
        storage.createDirectory(path("/d"));

        assertRefused(Kind.NOT_A_FILE, () -> uploads.store(path("/d")));
        assertRefused(Kind.NOT_A_FILE, () -> uploads.append(VirtualPath.ROOT));
        assertRefused(Kind.NOT_FOUND, () -> uploads.store(path("/absent/f")));
    }

    @Test
    void theLongestNamesHavePartialsToo() throws IOException {
        String name = "n".repeat(255);

        interrupt(uploads.store(path("/" + name)), "left");
        told.tell(path("/" + name), 4);
        complete(uploads.append(path("/" + name)), "over");

        assertThat(home.resolve(name)).hasContent("leftover");
        assertThat(onDisk(home)).containsExactly(name);
    }

    @Test
    void directUploadsWriteTheFileItself() throws IOException {
        useMode(UploadMode.DIRECT);
        Files.writeString(home.resolve("f"), "much longer than the new one");

        FileSink upload = uploads.store(path("/f"));
        write(upload, "new");

        assertThat(home.resolve("f")).hasContent("new");
        assertRefused(Kind.BUSY, () -> uploads.store(path("/f")));
        upload.interrupt(RESET);
        complete(uploads.storeFrom(path("/f"), StartPosition.bytes(3)), "er");
        assertThat(home.resolve("f")).hasContent("newer");
        assertThat(onDisk(home)).containsExactly("f");
    }
}
