package dev.zeroftpd.storage.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.storage.Room;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The numbers of one home. */
class HomeUsageTest {

    private static final VirtualPath FILE = new VirtualPath("/file");
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Counter counter = Counter.forThisProcess();
    private final HomeUsage usage = new HomeUsage(
            counter,
            new QuotaObserver() {
                @Override
                public void nearlyFull(String account, Room room) {
                    told.add(account + " nearly full at " + room.bytes());
                }

                @Override
                public void full(String account, Room room) {
                    told.add(account + " full at " + room.bytes());
                }
            },
            Instant.EPOCH);

    private static HomeUsage.Seen all(long bytes, long files) {
        return new HomeUsage.Seen(bytes, files, true);
    }

    private static QuotaLimits limits(long bytes, long files) {
        return new QuotaLimits("alice", bytes, files, 80, true);
    }

    @Test
    void manyThatTakeAtOnceGetAllOfItAndNotAByteMore() throws Exception {
        QuotaLimits most = limits(1_000_003, Room.UNLIMITED);
        List<Future<Long>> taken = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 16; i++) {
                int piece = i + 1;
                taken.add(threads.submit(() -> takeAll(piece, most)));
            }
        }
        long sum = 0;
        for (Future<Long> each : taken) {
            sum += each.get();
        }

        assertThat(sum).isEqualTo(1_000_003);
        assertThat(usage.room(most).bytes()).isEqualTo(1_000_003);
        assertThat(usage.room(most).leftBytes()).isZero();
    }

    private long takeAll(int piece, QuotaLimits most) {
        long sum = 0;
        int size = piece;
        while (size > 0) {
            try {
                usage.takeBytes(FILE, size, most);
                sum += size;
            } catch (StorageException full) {
                size /= 2;
            }
        }
        return sum;
    }

    @Test
    void saysOncePerCrossingThatItIsNearlyFull() throws StorageException {
        QuotaLimits most = limits(1000, Room.UNLIMITED);

        usage.takeBytes(FILE, 799, most);
        assertThat(told).isEmpty();
        usage.takeBytes(FILE, 1, most);
        usage.takeBytes(FILE, 100, most);
        assertThat(told).containsExactly("alice nearly full at 800");

        usage.giveBackBytes(500);
        usage.takeBytes(FILE, 450, most);
        assertThat(told).containsExactly("alice nearly full at 800", "alice nearly full at 850");
    }

    @Test
    void saysOnceThatItIsFullUntilLessIsUsed() throws StorageException {
        QuotaLimits most = limits(1000, Room.UNLIMITED);
        usage.takeBytes(FILE, 700, most);

        refuses(301, most);
        refuses(400, most);
        assertThat(told).containsExactly("alice full at 700");

        usage.takeBytes(FILE, 10, most);
        refuses(301, most);
        assertThat(told).containsExactly("alice full at 700", "alice full at 710");
    }

    private void refuses(long bytes, QuotaLimits most) {
        assertThatThrownBy(() -> usage.takeBytes(FILE, bytes, most))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("/file: quota exceeded: ");
    }

    /** It would tell whether an upload made a file or replaced one. */
    @Test
    void tellsNotHowMuchIsUsedToAnAccountThatMayNotKnow() {
        QuotaLimits most = new QuotaLimits("alice", 1000, Room.UNLIMITED, 80, false);

        assertThatThrownBy(() -> usage.takeBytes(FILE, 1001, most)).hasMessage("/file: quota exceeded");
    }

    @Test
    void aNumberBelowZeroIsNoRoom() throws StorageException {
        QuotaLimits most = limits(1000, Room.UNLIMITED);
        usage.giveBackBytes(500);

        refuses(1001, most);
        usage.takeBytes(FILE, 1000, most);
    }

    /** Sessions wait for names, and none of them for what is written into a log. */
    @Test
    void tellsWhenNoNameIsTakenAnyMore() throws StorageException {
        QuotaLimits most = limits(1000, Room.UNLIMITED);
        NameTurns.Held held = usage.names().hold(FILE);
        usage.takeBytes(FILE, 900, most);
        assertThat(told).isEmpty();
        held.close();
        assertThat(told).containsExactly("alice nearly full at 900");
    }

    @Test
    void limitsFilesToo() throws StorageException {
        QuotaLimits most = limits(Room.UNLIMITED, 2);
        usage.takeFile(FILE, most, false);
        usage.takeFile(FILE, most, false);

        assertThatThrownBy(() -> usage.takeFile(FILE, most, false))
                .hasMessage("/file: quota exceeded: 2 of 2 files are there");
        assertThat(usage.takeFile(FILE, most, true)).isTrue();
        assertThat(usage.takeFile(FILE, most, true)).isTrue();
        assertThat(usage.room(most).files()).isEqualTo(4);
        assertThatThrownBy(() -> usage.takeFile(FILE, most, true)).hasMessageContaining("quota exceeded");
    }

    @Test
    void theFirstCountFindsWhatWasThereBefore() throws StorageException {
        QuotaLimits most = limits(Room.UNLIMITED, Room.UNLIMITED);
        assertThat(usage.room(most).known()).isFalse();

        usage.endCount(usage.beginCount(), all(5000, 7), NOW);

        assertThat(usage.room(most)).isEqualTo(new Room(5000, Room.UNLIMITED, 7, Room.UNLIMITED, Room.UNLIMITED, true));
        assertThat(usage.countedAt()).contains(NOW);
    }

    @Test
    void aLaterCountTellsHowMuchWasWrong() throws StorageException {
        usage.endCount(usage.beginCount(), all(5000, 7), NOW);

        assertThat(usage.endCount(usage.beginCount(), all(4000, 9), NOW))
                .isEqualTo(new HomeUsage.Found(4000, 9, -1000, 2, true));
        assertThat(usage.endCount(usage.beginCount(), all(4000, 9), NOW))
                .isEqualTo(new HomeUsage.Found(4000, 9, 0, 0, true));
    }

    /** Otherwise a directory that is closed to the server would make room. */
    @Test
    void aCountThatCouldNotSeeAllCorrectsToMoreOnly() {
        usage.endCount(usage.beginCount(), all(5000, 7), NOW);

        assertThat(usage.endCount(usage.beginCount(), new HomeUsage.Seen(100, 2, false), NOW))
                .isEqualTo(new HomeUsage.Found(100, 2, 0, 0, false));
        assertThat(usage.endCount(usage.beginCount(), new HomeUsage.Seen(5100, 8, false), NOW))
                .isEqualTo(new HomeUsage.Found(5100, 8, 100, 1, false));
    }

    /** The count may or may not have seen them. */
    @Test
    void whatChangedDuringACountIsNotTakenForAnError() throws StorageException {
        QuotaLimits most = limits(Room.UNLIMITED, Room.UNLIMITED);
        usage.endCount(usage.beginCount(), all(5000, 7), NOW);

        HomeUsage.Start begun = usage.beginCount();
        usage.takeBytes(FILE, 300, most);
        usage.giveBackBytes(100);
        usage.takeFile(FILE, most, false);

        HomeUsage.Found seen = usage.endCount(begun, all(5300, 8), NOW);
        assertThat(seen).isEqualTo(new HomeUsage.Found(5300, 8, 0, 0, false));
        assertThat(usage.room(most).bytes()).isEqualTo(5200);

        HomeUsage.Start again = usage.beginCount();
        usage.takeBytes(FILE, 300, most);
        assertThat(usage.endCount(again, all(9000, 8), NOW).bytesMore()).isEqualTo(9000 - 300 - 5200);
    }
}
