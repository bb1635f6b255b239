package dev.zeroftpd.storage.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.HiddenName;
import dev.zeroftpd.storage.HomeOnDisk;
import dev.zeroftpd.storage.Room;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import dev.zeroftpd.storage.linux.LinuxStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are renamed in, into and out of homes with a quota. */
class MovedFilesTest {

    private static final VirtualPath FILE = new VirtualPath("/file");
    private static final VirtualPath OTHER = new VirtualPath("/other");

    private record Home(Path path, Storage storage, HomeUsage usage) {

        static Home at(Path path, long bytes, long files, Instant began) throws IOException {
            HomeUsage usage = new HomeUsage(Counter.forThisProcess(), new QuietObserver(), began);
            Storage bare = new LinuxStorage(Files.createDirectories(path), HomeOnDisk.context(SymlinkPolicy.DENY));
            Storage counted = new MeteredStorage(bare, usage, () -> new QuotaLimits("alice", bytes, files, 80, true));
            // as sessions have it
            Storage capped = new CappedStorage(counted, () -> Room.UNLIMITED);
            Storage late = new LateLimits(capped, new LateLimits.Limits() {
                @Override
                public int generation() {
                    return 0;
                }

                @Override
                public Storage around(Storage home) {
                    return home;
                }
            });
            Home home = new Home(path, late, usage);
            home.isRight();
            return home;
        }

        /** What a count finds, which must be what was known, but for the first. */
        final void isRight() throws IOException {
            boolean first = usage.countedAt().isEmpty();
            HomeUsage.Found found =
                    HomeCount.run(storage, usage, Pace.full(), InstantSource.system(), (_, why) -> fail(why));
            if (!first) {
                assertThat(found).isEqualTo(new HomeUsage.Found(found.bytes(), found.files(), 0, 0, true));
            }
        }
    }

    @TempDir
    private Path folder;

    private Home home;
    private Home other;

    @BeforeEach
    void make() throws IOException {
        home = Home.at(folder.resolve("home"), 1000, 10, Instant.EPOCH);
        other = Home.at(folder.resolve("other"), 100, 2, Instant.EPOCH);
    }

    private static void write(Storage storage, VirtualPath path, int bytes) throws IOException {
        try (WritableFile file = storage.openForWriting(path, WriteMode.CREATE_OR_TRUNCATE, 0)) {
            file.channel().write(ByteBuffer.allocate(bytes));
        }
    }

    @Test
    void aFileThatIsMovedCountsWhereItIs() throws IOException {
        write(home.storage(), FILE, 100);

        home.storage().renameInto(other.storage(), FILE, OTHER, false);

        assertThat(folder.resolve("other/other")).hasSize(100);
        home.isRight();
        other.isRight();
    }

    @Test
    void aFileForWhichThereIsNoRoomStaysWhereItIs() throws IOException {
        write(home.storage(), FILE, 101);

        assertThatThrownBy(() -> home.storage().renameInto(other.storage(), FILE, OTHER, false))
                .hasMessage("/other: quota exceeded: 0 bytes of 100 bytes are used");

        assertThat(folder.resolve("home/file")).hasSize(101);
        home.isRight();
        other.isRight();
    }

    @Test
    void aMoveThatIsRefusedTakesNoRoom() throws IOException {
        write(home.storage(), FILE, 10);
        write(other.storage(), OTHER, 20);

        assertThatThrownBy(() -> home.storage().renameInto(other.storage(), FILE, OTHER, false))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.EXISTS));

        home.isRight();
        other.isRight();
    }

    @Test
    void whatIsReplacedByAMoveIsGone() throws IOException {
        write(home.storage(), FILE, 10);
        write(other.storage(), OTHER, 20);

        home.storage().renameInto(other.storage(), FILE, OTHER, true);

        assertThat(folder.resolve("other/other")).hasSize(10);
        home.isRight();
        other.isRight();
    }

    /** Its writer takes room from the home in which it began. */
    @Test
    void aFileThatIsBeingWrittenStaysWhereItIs() throws IOException {
        try (WritableFile written = home.storage().openForWriting(FILE, WriteMode.CREATE_NEW, 0)) {
            written.channel().write(ByteBuffer.allocate(10));
            assertThatThrownBy(() -> home.storage().renameInto(other.storage(), FILE, OTHER, false))
                    .hasMessage("/file: is being written; wait until its upload has ended");
            written.channel().write(ByteBuffer.allocate(200));
        }

        assertThat(folder.resolve("home/file")).hasSize(210);
        home.isRight();
        other.isRight();
    }

    @Test
    void twoNamesOfOneFileBothStay() throws IOException {
        write(home.storage(), FILE, 10);
        Files.createLink(folder.resolve("other/other"), folder.resolve("home/file"));
        other = Home.at(folder.resolve("other"), 100, 2, Instant.EPOCH);

        home.storage().renameInto(other.storage(), FILE, OTHER, true);

        assertThat(folder.resolve("home/file")).exists();
        home.isRight();
        other.isRight();
    }

    @Test
    void whatComesFromWhereNothingCountsNeedsRoomToo() throws IOException {
        Path bare = Files.createDirectory(folder.resolve("bare"));
        Storage uncounted = new LinuxStorage(bare, HomeOnDisk.context(SymlinkPolicy.DENY));
        Files.write(bare.resolve("file"), new byte[101]);
        assertThatThrownBy(() -> uncounted.renameInto(other.storage(), FILE, OTHER, false))
                .hasMessageContaining("quota exceeded");
        Files.write(bare.resolve("file"), new byte[100]);
        uncounted.renameInto(other.storage(), FILE, OTHER, false);
        other.isRight();
        other.storage().renameInto(uncounted, OTHER, FILE, false);
        assertThat(bare.resolve("file")).exists();
        other.isRight();
    }

    /** What is in it isn't known, and no client waits for a count of it. */
    @Test
    void aDirectoryStaysWhereItIs() throws IOException {
        home.storage().createDirectory(FILE);

        assertThatThrownBy(() -> home.storage().renameInto(other.storage(), FILE, OTHER, false))
                .hasMessageStartingWith("/file: is a directory, and those can't be moved");
    }

    /** What was checked is what gets the name, also under a quota. */
    @Test
    void onlyTheFileThatWasSeenIsRenamed() throws IOException {
        write(home.storage(), FILE, 10);
        FileIdentity seen = FileIdentity.of(home.storage().entry(FILE)).orElseThrow();
        write(home.storage(), OTHER, 20);

        assertThatThrownBy(() -> home.storage().rename(seen, OTHER, FILE, true))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.BUSY));
        home.isRight();
        home.storage().rename(seen, FILE, OTHER, true);

        assertThat(folder.resolve("home/other")).hasSize(10);
        home.isRight();
    }

    /** Of a partial that another process began, it isn't known whether it was one too many: where there are, it is taken for one. */
    @Test
    void aPartialOfAProcessThatEndedBecomesNoFileTooMany() throws IOException {
        Path path = Files.createDirectories(folder.resolve("home-again"));
        Files.write(path.resolve("file"), new byte[1]);
        String hidden = ".gone" + HiddenName.MARK + "0123456789abcdef";
        VirtualPath partial = new VirtualPath("/" + hidden);
        Files.write(path.resolve(hidden), new byte[1]);
        Home again = Home.at(path, Room.UNLIMITED, 1, Instant.now().plusSeconds(60));

        again.storage().openForWriting(partial, WriteMode.AT_OFFSET, 1).close();

        assertThatThrownBy(() -> again.storage().rename(partial, new VirtualPath("/gone")))
                .hasMessageContaining("quota exceeded: 2 of 1 files");
        again.storage().replace(partial, FILE);
        again.isRight();
    }
}
