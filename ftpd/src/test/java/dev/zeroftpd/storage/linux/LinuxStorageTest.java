package dev.zeroftpd.storage.linux;

import static dev.zeroftpd.storage.StorageContract.assertRefused;
import static dev.zeroftpd.storage.StorageContract.contentFrom;
import static dev.zeroftpd.storage.StorageContract.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.config.LinkListing;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.os.LinuxFiles;
import dev.zeroftpd.storage.Access;
import dev.zeroftpd.storage.DiskContract;
import dev.zeroftpd.storage.HomeOnDisk;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageContext;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A home that the kernel confines. */
@EnabledOnOs(OS.LINUX)
class LinuxStorageTest implements DiskContract {

    @TempDir
    Path directory;

    private HomeOnDisk disk;

    @BeforeEach
    void makeHome() throws IOException {
        disk = HomeOnDisk.in(directory);
    }

    @Override
    public HomeOnDisk disk() {
        return disk;
    }

    @Override
    public Storage storage(Path home, StorageContext context) {
        return new LinuxStorage(home, context);
    }

    @Test
    void theKernelOfThisMachineConfines() {
        assertThat(LinuxFiles.areUsable()).isTrue();
    }

    @Test
    @Tag("attack")
    void aFileOfUnknownLengthIsRefused() {
        Storage kernel =
                new LinuxStorage(Path.of("/proc/self"), HomeOnDisk.context(SymlinkPolicy.INSIDE, LinkListing.LINK));
        assertThatThrownBy(() -> kernel.openForReading(VirtualPath.ROOT.child("status")))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(StorageException.Kind.UNSUPPORTED))
                .hasMessage("/status: its length is not known before it is read");
    }

    @Test
    @Timeout(20)
    void aPipeIsRefusedWithoutWaitingForItsOtherEnd() throws Exception {
        run("mkfifo", home().resolve("pipe").toString());

        assertRefused(Kind.NOT_A_FILE, () -> storage().openForReading(path("/pipe")));
        assertRefused(Kind.NOT_A_FILE, () -> storage().openForWriting(path("/pipe"), WriteMode.APPEND, 0));
        assertThat(storage().metadata(path("/pipe")).kind()).isEqualTo(Metadata.Kind.OTHER);
        assertThat(storage().metadata(path("/pipe")).mode() & 0170000).isEqualTo(0010000);
    }

    @Test
    void magicLinksOfProcAreNeverFollowed() {
        Storage wholeMachine = new LinuxStorage(Path.of("/"), HomeOnDisk.context(SymlinkPolicy.FOLLOW));

        assertRefused(Kind.NOT_PERMITTED, () -> wholeMachine.list(path("/proc/self/root")));
    }

    /** Its files say 4096 bytes, whatever they have. */
    @Test
    void filesOfSysfsStream() throws IOException {
        assumeTrue(Files.exists(Path.of("/sys/kernel/uevent_seqnum")));
        Storage kernel = new LinuxStorage(Path.of("/sys/kernel"), HomeOnDisk.context(SymlinkPolicy.INSIDE));

        try (FileSource source = kernel.openForReading(path("/uevent_seqnum"))) {
            assertThat(source.way().describe()).isEqualTo("streamed: excluded file system");
            assertThat(source.size()).isPositive();
        }
    }

    @Test
    void aDirectorySwappedForALinkNeverLetsAnybodyOut() throws Exception {
        Path door = Files.createDirectory(home().resolve("door"));
        Files.writeString(door.resolve("secret"), "harmless");
        Path parked = home().resolve("parked");
        Path link = Files.createSymbolicLink(home().resolve("link"), outside());
        AtomicBoolean done = new AtomicBoolean();
        Thread attacker = Thread.ofPlatform().start(() -> swap(door, parked, link, done));
        int opened = 0;
        for (int i = 0; i < 20_000; i++) {
            try (FileSource source = storage().openForReading(path("/door/secret"))) {
                assertThat(contentFrom(source, 0)).isEqualTo("harmless");
                opened++;
            } catch (StorageException refused) {
                assertThat(refused.kind()).isIn(Kind.OUTSIDE_HOME, Kind.NOT_FOUND);
            }
        }
        done.set(true);
        attacker.join();
        assertThat(opened).isPositive();
    }

    @Test
    void nothingIsDeletedThroughASwappedDirectory() throws Exception {
        Path door = Files.createDirectory(home().resolve("door"));
        Path parked = home().resolve("parked");
        Path link = Files.createSymbolicLink(home().resolve("link"), outside());
        AtomicBoolean done = new AtomicBoolean();
        Thread attacker = Thread.ofPlatform().start(() -> swap(door, parked, link, done));
        for (int i = 0; i < 5_000; i++) {
            try {
                storage().delete(path("/door/secret"));
            } catch (StorageException refused) {
                assertThat(refused.kind()).isIn(Kind.OUTSIDE_HOME, Kind.NOT_FOUND);
            }
        }
        done.set(true);
        attacker.join();
        assertThat(outside().resolve("secret")).exists();
    }

    private static void swap(Path door, Path parked, Path link, AtomicBoolean done) {
        try {
            while (!done.get()) {
                Files.move(door, parked, StandardCopyOption.ATOMIC_MOVE);
                Files.move(link, door, StandardCopyOption.ATOMIC_MOVE);
                Files.move(door, link, StandardCopyOption.ATOMIC_MOVE);
                Files.move(parked, door, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void namesThatAreNotUtf8AreListedReadAndDeleted() throws Exception {
        run("sh", "-c", "printf x > \"$(printf '" + home() + "/f\\374r.txt')\"");

        String name = names("/").getFirst();
        VirtualPath file = VirtualPath.ROOT.resolve(name);

        assertThat(name).isEqualTo("f\udcfcr.txt");
        storage().openForReading(file).close();
        storage().delete(file);
        assertThat(names("/")).isEmpty();
    }

    @Test
    void aBackslashIsPartOfAName() throws IOException {
        write("/a\\..\\b", WriteMode.CREATE_NEW, 0, "x");

        assertThat(names("/")).containsExactly("a\\..\\b");
    }

    @Test
    void aNameLongerThanTheKernelTakesIsInvalid() {
        assertRefused(Kind.INVALID_NAME, () -> storage().metadata(path("/" + "x".repeat(300))));
        assertRefused(Kind.INVALID_NAME, () -> storage().metadata(path("/d".repeat(3_000))));
    }

    @Test
    void newFilesGetTheConfiguredPermissionsWhateverTheProcessMasks() throws IOException {
        write("/f", WriteMode.CREATE_NEW, 0, "x");
        storage().createDirectory(path("/d"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home().resolve("f"))))
                .isEqualTo("rw-r--r--");
        assertThat(storage().metadata(path("/d")).mode()).isEqualTo(0755);
        storage().setPermissions(path("/f"), 0600);
        assertThat(storage().metadata(path("/f")).mode()).isEqualTo(0600);
    }

    @Test
    void aFileTouchedInPlaceIsNotTheSameButAReplacedOneIs() throws IOException {
        Path file = Files.writeString(home().resolve("f"), "0123456789");
        try (FileSource source = storage().openForReading(path("/f"))) {
            Path other = Files.writeString(home().resolve("g"), "different");
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            assertThat(source.change()).isEqualTo(FileSource.Change.UNCHANGED);
            assertThat(contentFrom(source, 0)).isEqualTo("0123456789");
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        try (FileSource source = storage().openForReading(path("/f"))) {
            Files.writeString(file, "rewritten");
            assertThat(source.change()).isEqualTo(FileSource.Change.TOUCHED);
        }
    }

    @Test
    void aTimeThatWasSetIsNoChangeOfTheFile() throws IOException {
        Path file = Files.writeString(home().resolve("f"), "0123456789");
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        try (FileSource source = storage().openForReading(path("/f"))) {
            for (Instant set :
                    List.of(Instant.EPOCH.plusSeconds(1), Instant.now().plusSeconds(3600))) {
                Files.setLastModifiedTime(file, FileTime.from(set));
                assertThat(source.change()).as("%s", set).isEqualTo(FileSource.Change.UNCHANGED);
            }
            Files.writeString(file, "9876543210");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            assertThat(source.change()).isEqualTo(FileSource.Change.TOUCHED);
        }
    }

    @Test
    void metadataIdentifiesTheFile() throws IOException {
        Path file = Files.writeString(home().resolve("f"), "x");
        Files.createLink(home().resolve("g"), file);

        Metadata metadata = storage().metadata(path("/g"));

        assertThat(metadata.inode()).isEqualTo(Files.getAttribute(file, "unix:ino"));
        assertThat(metadata.links()).isEqualTo(2);
        assertThat(metadata.owner()).isEqualTo(Files.getOwner(file).getName());
        assertThat(metadata.modified())
                .isEqualTo(Files.getLastModifiedTime(file).toInstant());
        assertThat(metadata.hasIdentity()).isTrue();
    }

    @Test
    void noOperationLeavesADescriptorBehind() throws IOException {
        Files.writeString(home().resolve("f"), "x");
        useEverything();
        long before = openDescriptors();
        for (int i = 0; i < 300; i++) {
            useEverything();
        }
        // Other threads of the test's process may open a few of their own meanwhile.
        assertThat(openDescriptors()).isLessThan(before + 50);
    }

    @Test
    void spaceThatWasReservedAndNotNeededIsGivenBack() throws Exception {
        Path file = home().resolve("f");
        try (WritableFile written = storage().openForWriting(path("/f"), WriteMode.CREATE_NEW, 0)) {
            written.channel().write(ByteBuffer.wrap(new byte[] {1}));
            assumeTrue(written.reserve(1, 8 << 20), "reserved on ext4 only");

            assertThat(file).hasSize(1);
            assertThat(bytesOnDisk(file)).isGreaterThanOrEqualTo(8 << 20);
        }
        assertThat(file).hasBinaryContent(new byte[] {1});
        assertThat(bytesOnDisk(file)).isLessThan(1 << 20);
    }

    private static long bytesOnDisk(Path file) throws Exception {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        return 512 * Long.parseLong(new String(stat.getInputStream().readAllBytes(), UTF_8).strip());
    }

    private void useEverything() throws IOException {
        storage().openForReading(path("/f")).close();
        write("/g", WriteMode.CREATE_OR_TRUNCATE, 0, "x");
        assertRefused(Kind.EXISTS, () -> storage().openForWriting(path("/f"), WriteMode.CREATE_NEW, 0));
        assertRefused(Kind.NOT_A_FILE, () -> storage().openForReading(VirtualPath.ROOT));
        assertRefused(Kind.NOT_FOUND, () -> storage().metadata(path("/absent")));
        storage().rename(path("/g"), path("/h"));
        storage().delete(path("/h"));
        storage().setModified(path("/f"), Instant.EPOCH);
        assertThat(storage().isAccessible(path("/f"), Access.READ)).isTrue();
        assertThat(names("/")).isEqualTo(List.of("f"));
    }

    private static long openDescriptors() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.count();
        }
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
