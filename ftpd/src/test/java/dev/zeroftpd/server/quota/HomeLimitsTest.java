package dev.zeroftpd.server.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.TestSettings;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.EventWriter;
import dev.zeroftpd.ops.event.Events;
import dev.zeroftpd.storage.HomeOnDisk;
import dev.zeroftpd.storage.Room;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import dev.zeroftpd.storage.ftplet.FolderSource;
import dev.zeroftpd.storage.ftplet.HomeFileSystemFactory;
import dev.zeroftpd.storage.ftplet.HomeOptions;
import dev.zeroftpd.storage.linux.LinuxStorage;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.AccountUserManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits that come and go in a running server, and homes that don't answer. */
class HomeLimitsTest {

    private static final String ACCOUNTS = """
        ftpserver.user.alice.userpassword=x
        ftpserver.user.alice.homedirectory=alice
        ftpserver.user.dead.userpassword=x
        ftpserver.user.dead.homedirectory=dead
        """;

    @TempDir
    private Path folder;

    /** As of a file server that is gone: who looks waits. */
    private final CountDownLatch deadHomeAnswers = new CountDownLatch(1);

    private Duration clockIsFast = Duration.ZERO;
    private AccountUserManager users;
    private HomeLimits limits;
    private HomeFileSystemFactory homes;

    private void awaitIfDead(String home) {
        if (home.endsWith("/dead")) {
            try {
                deadHomeAnswers.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        begin(ACCOUNTS);
    }

    private void begin(String accounts) throws Exception {
        users = read(accounts);
        limits = new HomeLimits(folder.resolve("state"), List.of(), users, Events.NONE, new HomeNames(home -> {
            awaitIfDead(home);
            return HomeNames.onDisk().now(home);
        }));
        homes = new HomeFileSystemFactory(
                TestSettings.DEFAULTS.storage(),
                TestSettings.DEFAULTS.upload(),
                TestSettings.DEFAULTS.transfer(),
                HomeOptions.DEFAULTS,
                FolderSource.NONE,
                limits);
        limits.begin(homes);
    }

    @AfterEach
    void end() {
        deadHomeAnswers.countDown();
        limits.close();
    }

    private AccountUserManager read(String text) throws Exception {
        Files.createDirectories(folder.resolve("alice"));
        Files.createDirectories(folder.resolve("dead"));
        Path file = Files.writeString(folder.resolve("users.properties"), text);
        return AccountUserManager.read(TestSettings.users(file, false));
    }

    private Account account(String name) {
        return users.accounts().find(name).orElseThrow();
    }

    private Storage home(String name) throws IOException {
        Path path = Files.createDirectories(folder.resolve(name));
        return limits.limit(account(name), new LinuxStorage(path, HomeOnDisk.context(SymlinkPolicy.DENY)));
    }

    private void edit(String lines) throws IOException {
        Files.writeString(folder.resolve("users.properties"), ACCOUNTS + lines);
        assertThat(users.reload()).isTrue();
        limits.accountsChanged(homes); // returns, whatever homes do
    }

    private static void write(Storage storage, String path, int bytes) throws IOException {
        try (WritableFile file = storage.openForWriting(new VirtualPath(path), WriteMode.CREATE_OR_TRUNCATE, 0)) {
            file.channel().write(ByteBuffer.allocate(bytes));
        }
    }

    @Test
    void aHomeThatDoesNotAnswerHoldsUpNoEditAndNoOtherHome() throws IOException {
        Storage alice = home("alice");
        write(alice, "/before", 11);

        edit("ftpserver.user.dead.quota-bytes=10\nftpserver.user.alice.quota-bytes=1000\n");
        edit("ftpserver.user.dead.quota-bytes=10\nftpserver.user.alice.quota-bytes=20\n");

        assertThatThrownBy(() -> write(alice, "/file", 21)).hasMessageContaining("quota exceeded");
        await().until(() -> alice.room().map(Room::bytes).orElse(0L) == 11);
        assertThatThrownBy(() -> write(alice, "/file", 10)).hasMessageContaining("quota exceeded");
        write(alice, "/another", 9);
    }

    @Test
    void whatLiesInAFolderCountsForTheHomeThatItIsIn() throws IOException {
        edit("ftpserver.user.alice.quota-bytes=20\nftpserver.user.dead.upload-size-max=15\n");
        Path inbox = Files.createDirectories(folder.resolve("alice/in/box"));
        Storage folderOfAlice = limits.limitFolder(
                account("dead"), inbox.toString(), new LinuxStorage(inbox, HomeOnDisk.context(SymlinkPolicy.DENY)));
        await().until(() -> folderOfAlice
                .room()
                .filter(room -> room.mostBytes() == 20 && room.known())
                .isPresent());

        write(folderOfAlice, "/one", 12);

        Room room = home("alice").room().orElseThrow();
        assertThat(room.bytes()).isEqualTo(12);
        assertThat(room.files()).isEqualTo(3);
        assertThatThrownBy(() -> write(folderOfAlice, "/two", 9)).hasMessageContaining("quota exceeded");
        assertThatThrownBy(() -> write(folderOfAlice, "/two", 16)).hasMessageContaining("too large");
    }

    private Upkeep upkeep(Events events, Duration patience) {
        return new Upkeep(
                limits.quotas().orElseThrow(),
                homes,
                new QuotaEvents(events),
                patience,
                () -> Instant.now().plus(clockIsFast));
    }

    /** What the operator's command does, too, a server does by itself. */
    @Test
    void aRoundDeletesWhatIsOldAndCountsWhatWasNeverCounted() throws IOException {
        deadHomeAnswers.countDown(); // a round looks at all homes, one after the other
        write(home("alice"), "/old", 5);
        write(home("alice"), "/new", 6);
        Files.setLastModifiedTime(
                folder.resolve("alice/old"), FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        edit("ftpserver.user.alice.retention=7d\nftpserver.user.alice.quota-bytes=100\n");
        await().until(() -> counted(11)); // what is deleted during the first count may be counted by that, too
        List<Event> told = new ArrayList<>();
        Events events = new Events(InstantSource.system(), new EventWriter() {
            @Override
            public boolean wants(EventKind kind) {
                return true;
            }

            @Override
            public void write(Event event) {
                told.add(event);
            }
        });
        try (Upkeep upkeep = upkeep(events, HomesInTurn.PATIENCE)) {
            upkeep.round();
        }

        assertThat(folder.resolve("alice/old")).doesNotExist();
        assertThat(folder.resolve("alice/new")).exists();
        assertThat(told).extracting(event -> event.deed().path()).containsExactly("/old");
        await().until(() -> home("alice").room().map(Room::bytes).orElse(0L) == 6);
    }

    /** A wrong clock would make all files too old. */
    @Test
    void nothingIsDeletedWhileTheClockHasJumped() throws IOException {
        deadHomeAnswers.countDown();
        write(home("alice"), "/new", 5);
        edit("ftpserver.user.alice.retention=7d\n");
        try (Upkeep upkeep = upkeep(Events.NONE, HomesInTurn.PATIENCE)) {
            clockIsFast = Duration.ofDays(10);
            upkeep.round();
            assertThat(folder.resolve("alice/new")).exists();

            clockIsFast = Duration.ZERO;
            Files.setLastModifiedTime(
                    folder.resolve("alice/new"), FileTime.from(Instant.now().minus(Duration.ofDays(8))));
            upkeep.round();
            assertThat(folder.resolve("alice/new")).doesNotExist();
        }
    }

    /** Other programs change homes, too. */
    @Test
    void aHomeIsCountedAgainWhenItsCountIsADayOld() throws IOException {
        deadHomeAnswers.countDown();
        beginWithAHundredBytes();
        Files.write(folder.resolve("alice/unseen"), new byte[5]);
        try (Upkeep upkeep = upkeep(Events.NONE, HomesInTurn.PATIENCE)) {
            upkeep.round();
            assertThat(counted(100)).isTrue();

            clockIsFast = Duration.ofHours(25);
            upkeep.round();
            assertThat(counted(105)).isTrue();
        }
    }

    @Test
    void aHomeThatDoesNotAnswerKeepsOldFilesInThoseAloneThatItCouldLieIn() throws IOException {
        Files.createDirectories(folder.resolve("outer/inner"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("outer/inner"));
        Files.createDirectories(folder.resolve("outer/inner/dead"));
        for (String old : List.of("alice/old", "outer/old", "outer/inner/dead/old")) {
            Files.writeString(folder.resolve(old), "x");
            Files.setLastModifiedTime(
                    folder.resolve(old), FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        }
        edit("""
            ftpserver.user.alice.retention=7d
            ftpserver.user.outer.homedirectory=outer
            ftpserver.user.outer.retention=7d
            ftpserver.user.later.homedirectory=link/dead
            ftpserver.user.later.retention=7d
            """);

        try (Upkeep upkeep = upkeep(Events.NONE, Duration.ofSeconds(1))) {
            upkeep.round();

            assertThat(folder.resolve("alice/old")).doesNotExist();
            assertThat(folder.resolve("outer/old")).exists();
            assertThat(folder.resolve("outer/inner/dead/old")).exists();

            deadHomeAnswers.countDown();
            await().until(() -> {
                upkeep.round(); // the thread that hung may take a moment to end
                return Files.notExists(folder.resolve("outer/old"));
            });
        }
        assertThat(folder.resolve("outer/inner/dead/old")).doesNotExist();
    }

    @Test
    void operatorsAreToldHowFarTheFirstCountIs() throws Exception {
        deadHomeAnswers.countDown();
        int files = 20_000; // many pauses of a count in the background
        for (int i = 0; i < files; i++) {
            Files.createFile(folder.resolve("alice/" + i));
        }

        edit("ftpserver.user.alice.quota-files=100000\n");

        await().pollInterval(Duration.ofMillis(1))
                .until(() -> shown().get("counting") instanceof Long seen && seen > 0 && seen < files);
        await().until(() -> shown().get("counted") != null);
        await().until(() -> shown().get("counting") == null);
        assertThat(shown()).containsEntry("files", (long) files);
    }

    /** Of alice. */
    private Map<String, Object> shown() throws Exception {
        Map<String, Object> shown = new HashMap<>();
        limits.quotas().orElseThrow().orders().show(Optional.of("alice"), shown::putAll);
        return shown;
    }

    /** What happens in a home while it has no quota is counted by no server, so its number is no longer true. */
    @Test
    void aHomeThatHadNoQuotaForAWhileIsCountedAnew() throws Exception {
        deadHomeAnswers.countDown();
        beginWithAHundredBytes();

        for (String meanwhile : List.of("", "ftpserver.user.alice.upload-size-max=1MB\n", OTHER_QUOTA)) {
            restart(meanwhile);
            long before = size("alice");
            Files.write(folder.resolve("alice/" + before), new byte[4900]);
            restart(QUOTA);
            await().until(() -> counted(before + 4900));
        }
    }

    private static final String QUOTA = "ftpserver.user.alice.quota-bytes=1000000\n";

    private static final String OTHER_QUOTA = "ftpserver.user.dead.quota-bytes=1000000\n";

    /** What is uploaded during the first count may be counted by that, too, until the next one. */
    private void beginWithAHundredBytes() throws IOException {
        edit(QUOTA);
        await().until(() -> counted(0));
        write(home("alice"), "/one", 100);
        assertThat(counted(100)).isTrue();
    }

    private boolean counted(long bytes) throws IOException {
        return home("alice")
                .room()
                .filter(room -> room.known() && room.bytes() == bytes)
                .isPresent();
    }

    private long size(String home) throws IOException {
        long size = 0;
        try (Stream<Path> files = Files.list(folder.resolve(home))) {
            for (Path each : files.toList()) {
                size += Files.size(each);
            }
        }
        return size;
    }

    private void restart(String lines) throws Exception {
        limits.close();
        begin(ACCOUNTS + lines);
    }

    @Test
    void aHomeWhoseQuotaStayedIsNotCountedAnew() throws Exception {
        deadHomeAnswers.countDown();
        beginWithAHundredBytes();
        await().until(() -> shown().get("counted") != null);
        Files.write(folder.resolve("alice/unseen"), new byte[5]);

        restart(QUOTA);

        assertThat(shown().get("counted")).isNotNull();
        assertThat(counted(100)).isTrue();
    }
}
