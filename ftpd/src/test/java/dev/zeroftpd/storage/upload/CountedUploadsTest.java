package dev.zeroftpd.storage.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.zeroftpd.config.HardLinks;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.config.UploadSettings;
import dev.zeroftpd.config.WithoutQuit;
import dev.zeroftpd.storage.HomeOnDisk;
import dev.zeroftpd.storage.Room;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.linux.LinuxStorage;
import dev.zeroftpd.storage.quota.CappedStorage;
import dev.zeroftpd.storage.quota.Counter;
import dev.zeroftpd.storage.quota.HomeCount;
import dev.zeroftpd.storage.quota.HomeUsage;
import dev.zeroftpd.storage.quota.MeteredStorage;
import dev.zeroftpd.storage.quota.Pace;
import dev.zeroftpd.storage.quota.QuietObserver;
import dev.zeroftpd.storage.quota.QuotaLimits;
import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.Property;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What lies in a home with a quota is known without a look at it, whatever clients do. */
class CountedUploadsTest {

    private static final VirtualPath FILE = new VirtualPath("/file");

    @TempDir
    Path home;

    private Storage storage;
    private HomeUsage usage;

    @BeforeEach
    void count() throws IOException {
        storage = new LinuxStorage(home, HomeOnDisk.context(SymlinkPolicy.DENY));
        usage = new HomeUsage(Counter.forThisProcess(), new QuietObserver(), Instant.EPOCH);
        countAll();
    }

    private HomeUsage.Found countAll() throws IOException {
        return HomeCount.run(storage, usage, Pace.full(), InstantSource.system(), (directory, why) -> fail(why));
    }

    private UploadsOnDisk with(UploadMode mode, long bytes, long files) {
        Storage counted = new MeteredStorage(storage, usage, () -> new QuotaLimits("alice", bytes, files, 80, true));
        return around(counted, mode);
    }

    private UploadsOnDisk around(Storage limited, UploadMode mode) {
        var settings = new UploadSettings(mode, 022, false, Duration.ofHours(1), WithoutQuit.NEW, HardLinks.KEEP);
        PartialPlace place = new PartialPlace(limited, UploadContext.of(settings, false), home.toString());
        PartialFiles partials = new PartialFiles(place, PartialOwner.of("alice", Optional.empty()));
        return new UploadsOnDisk(home, limited, partials, new Uploads(limited, partials, new ToldLengths()));
    }

    /** What a count finds, which must be what was known. */
    private void isRight() throws IOException {
        HomeUsage.Found found = countAll();
        assertThat(found).isEqualTo(new HomeUsage.Found(found.bytes(), found.files(), 0, 0, true));
    }

    private static void write(FileSink sink, int bytes) throws IOException {
        ByteBuffer left = ByteBuffer.allocate(bytes);
        while (left.hasRemaining()) {
            sink.channel().write(left);
        }
    }

    @ParameterizedTest
    @EnumSource(UploadMode.class)
    void aFileCanHaveTheLastByteAndNotOneMore(UploadMode mode) throws IOException {
        UploadsOnDisk on = with(mode, 1000, 100);
        FileSink exact = on.uploads().store(FILE);
        write(exact, 1000);
        exact.complete();
        isRight();
        on.partials().delete(FILE);
        isRight();

        FileSink more = on.uploads().store(FILE);
        write(more, 1000);
        assertThatThrownBy(() -> write(more, 1))
                .isInstanceOf(StorageException.class)
                .hasMessage("/file: quota exceeded: 1000 bytes of 1000 bytes are used");
        more.interrupt(new Outcome.QuotaExceeded(""));
        isRight();
    }

    @Test
    void theOldFileStaysAndThePartialGoes() throws IOException {
        UploadsOnDisk on = with(UploadMode.ATOMIC, 1000, 100);
        UploadsOnDisk.complete(on.uploads().store(FILE), "the old one");

        FileSink larger = on.uploads().store(FILE);
        assertThatThrownBy(() -> write(larger, 1000)).hasMessageContaining("quota exceeded");
        larger.interrupt(new Outcome.QuotaExceeded(""));

        assertThat(home.resolve("file")).hasContent("the old one");
        assertThat(on.onDisk()).containsExactly("file");
        isRight();
    }

    /** A file with two names keeps both: the bytes are copied into it, piece by piece. */
    @Test
    void aFileIntoWhichThereIsNoRoomToCopyStaysAsItWas() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "the old one");
        Files.createLink(home.resolve("other-name"), file);
        countAll();
        int size = 4 << 20;
        UploadsOnDisk on = with(UploadMode.ATOMIC, size + size / 2, 100);

        FileSink larger = on.uploads().store(FILE);
        write(larger, size);
        assertThatThrownBy(larger::complete).hasMessageContaining("/file: quota exceeded");

        assertThat(file).hasContent("the old one");
        isRight();
    }

    @Test
    void aFileIntoWhichAnUploadIsCopiedGetsNoLongerThanUploadsMayBe() throws IOException {
        UploadsOnDisk on = around(new CappedStorage(storage, () -> 1000), UploadMode.ATOMIC);
        FileSink upload = on.uploads().append(FILE);
        write(upload, 600);
        Path meanwhile = Files.writeString(home.resolve("file"), "x".repeat(401));

        assertThatThrownBy(upload::complete).hasMessageContaining("/file: too large");

        assertThat(meanwhile).hasContent("x".repeat(401));
    }

    @Test
    void whereNothingIsLeftAnUploadIsRefusedBeforeItsFirstByte() throws IOException {
        UploadsOnDisk on = with(UploadMode.ATOMIC, 11, 100);
        UploadsOnDisk.complete(on.uploads().store(FILE), "the old one");

        assertThatThrownBy(() -> on.uploads().store(new VirtualPath("/other")))
                .hasMessage("/other: quota exceeded: 11 bytes of 11 bytes are used");
        assertThatThrownBy(() -> on.uploads().append(FILE)).hasMessageContaining("quota exceeded");
        assertThatThrownBy(() -> on.uploads().storeRange(FILE, 5, 11)).hasMessageContaining("quota exceeded");
        on.uploads().storeRange(FILE, 5, 10).interrupt(new Outcome.PeerClosed(""));
        isRight();
    }

    @Test
    void whereNoMoreFilesMayBeOneCanStillBeReplaced() throws IOException {
        UploadsOnDisk on = with(UploadMode.ATOMIC, Room.UNLIMITED, 1);
        UploadsOnDisk.complete(on.uploads().store(FILE), "one");
        UploadsOnDisk.complete(on.uploads().store(FILE), "another");

        assertThat(home.resolve("file")).hasContent("another");
        assertThatThrownBy(() -> on.uploads().store(new VirtualPath("/other")))
                .hasMessage("/other: quota exceeded: 1 of 1 files are there");
        assertThatThrownBy(() -> on.storage().createDirectory(new VirtualPath("/directory")))
                .hasMessageContaining("quota exceeded");
        isRight();
    }

    /** Each upload would replace a file when it began: that doesn't let in one more for each file that is renamed. */
    @Test
    void aFileThatWasToBeReplacedAndIsRenamedMakesNoRoomForAnother() throws IOException {
        UploadsOnDisk on = with(UploadMode.ATOMIC, Room.UNLIMITED, 1);
        UploadsOnDisk.complete(on.uploads().store(FILE), "one");
        FileSink upload = on.uploads().store(FILE);
        UploadsOnDisk.write(upload, "another");
        on.storage().rename(FILE, new VirtualPath("/kept"));

        assertThatThrownBy(upload::complete).hasMessage("/file: quota exceeded: 2 of 1 files are there");

        assertThat(on.onDisk()).containsExactly("kept");
        isRight();
    }

    @Test
    void anUploadThatBeganWithinTheLimitEndsWellBesideOneThatReplaces() throws IOException {
        UploadsOnDisk on = with(UploadMode.ATOMIC, Room.UNLIMITED, 2);
        UploadsOnDisk.complete(on.uploads().store(FILE), "one");
        FileSink another = on.uploads().store(new VirtualPath("/other"));
        FileSink replacing = on.uploads().store(FILE);
        UploadsOnDisk.complete(another, "within the limit");
        UploadsOnDisk.complete(replacing, "replaces");

        assertThat(on.onDisk()).containsExactly("file", "other");
        isRight();
    }

    @Test
    void noFileGetsLongerThanAnUploadMayBe() throws IOException {
        UploadsOnDisk on = around(new CappedStorage(storage, () -> 1000), UploadMode.ATOMIC);
        FileSink exact = on.uploads().store(FILE);
        write(exact, 1000);
        exact.complete();

        FileSink more = on.uploads().store(FILE);
        assertThatThrownBy(() -> write(more, 1001))
                .hasMessage("/file: too large: no upload may have more than 1000 bytes");
        more.interrupt(new Outcome.QuotaExceeded(""));
        assertThatThrownBy(() -> on.uploads().append(FILE)).hasMessageContaining("too large");
        assertThatThrownBy(() -> on.uploads().storeRange(FILE, 10, 1000)).hasMessageContaining("too large");
        assertThat(on.onDisk()).containsExactly("file");
    }

    @Test
    void aFileThatIsDeletedWhileItIsWrittenIsGoneWithAllThatCame() throws IOException {
        UploadsOnDisk on = with(UploadMode.DIRECT, Room.UNLIMITED, Room.UNLIMITED);
        FileSink upload = on.uploads().store(FILE);
        write(upload, 500);
        on.partials().delete(FILE);
        write(upload, 500);
        upload.interrupt(new Outcome.PeerClosed(""));
        isRight();
    }

    /** A count doesn't see it, but it takes room until it is closed. */
    @Test
    void aCountWhileADeletedFileIsWrittenTakesNothingAwayTwice() throws IOException {
        UploadsOnDisk on = with(UploadMode.DIRECT, Room.UNLIMITED, Room.UNLIMITED);
        FileSink upload = on.uploads().store(FILE);
        write(upload, 8 << 20);
        on.partials().delete(FILE);
        assertThat(countAll().bytesMore()).isZero();
        upload.interrupt(new Outcome.PeerClosed(""));
        isRight();
    }

    @Test
    void twoNamesOfOneFileStayIfOneIsToReplaceTheOther() throws IOException {
        Files.writeString(home.resolve("one"), "content");
        Files.createLink(home.resolve("two"), home.resolve("one"));
        countAll();
        UploadsOnDisk on = with(UploadMode.DIRECT, Room.UNLIMITED, Room.UNLIMITED);
        on.storage().replace(new VirtualPath("/one"), new VirtualPath("/two"));
        isRight();
    }

    /** Uploads of all kinds, complete or not, deletions, renames and directories, one after the other. */
    @Property(seeds = 200)
    void whatIsKnownIsWhatIsThere(long seed) throws IOException {
        Random random = new Random(seed);
        long bytes = random.nextInt(5_000);
        UploadsOnDisk on =
                with(random.nextBoolean() ? UploadMode.ATOMIC : UploadMode.DIRECT, bytes, 4 + random.nextInt(10));
        for (int i = 0; i < 60; i++) {
            try {
                step(on, random);
            } catch (StorageException refused) {
                assertThat(refused.kind()).isNotEqualTo(StorageException.Kind.FAILED);
            }
            assertThat(usage.room(new QuotaLimits("alice", bytes, 0, 0, true)).bytes())
                    .isLessThanOrEqualTo(bytes);
        }
        isRight();
    }

    private static void step(UploadsOnDisk on, Random random) throws IOException {
        VirtualPath path = path(random);
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> receive(on.uploads().store(path), random);
            case 3 -> receive(on.uploads().append(path), random);
            case 4 -> receive(on.uploads().storeFrom(path, StartPosition.bytes(random.nextInt(300))), random);
            case 5 -> receive(on.uploads().storeRange(path, random.nextInt(300), 300 + random.nextInt(300)), random);
            case 6 -> on.partials().delete(path);
            case 7 -> {
                on.renames().rename(path, Optional.empty(), path(random));
            }
            case 8 -> on.storage().createDirectory(path);
            default -> on.partials().removeDirectory(path);
        }
    }

    private static VirtualPath path(Random random) {
        String name = "/" + (char) ('a' + random.nextInt(4));
        return new VirtualPath(random.nextInt(3) == 0 ? "/d" + name : name);
    }

    private static void receive(FileSink sink, Random random) throws IOException {
        try {
            write(sink, random.nextInt(900));
            if (random.nextInt(4) > 0) {
                sink.complete();
                return;
            }
        } catch (StorageException refused) {
            sink.interrupt(refused.outcome());
            return;
        }
        sink.interrupt(new Outcome.PeerClosed(""));
    }
}
