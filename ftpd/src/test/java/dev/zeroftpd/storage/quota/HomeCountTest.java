package dev.zeroftpd.storage.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.HomeOnDisk;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.linux.LinuxStorage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in a home is found by a look at each file. */
class HomeCountTest {

    @TempDir
    Path home;

    private final HomeUsage usage = new HomeUsage(Counter.forThisProcess(), new QuietObserver(), Instant.EPOCH);

    /** As a directory with mode 0, which is open to root, is for others. */
    private static final class Closed extends ForwardingStorage {

        Closed(Storage home) {
            super(home);
        }

        @Override
        public DirectoryListing list(VirtualPath directory, Predicate<String> wanted) throws IOException {
            if (directory.text().startsWith("/closed")) {
                throw StorageException.of(Kind.NOT_PERMITTED, directory);
            }
            return super.list(directory, wanted);
        }
    }

    @Test
    void goesOnBehindDirectoriesThatCanNotBeReadAndTellsOfOne() throws IOException {
        Files.writeString(Files.createDirectory(home.resolve("open")).resolve("file"), "12345");
        Files.createDirectory(home.resolve("closed"));
        Files.createDirectory(home.resolve("closed-too"));
        Storage storage = new Closed(new LinuxStorage(home, HomeOnDisk.context(SymlinkPolicy.DENY)));
        List<String> unread = new ArrayList<>();

        HomeUsage.Found found = HomeCount.run(
                storage, usage, Pace.full(), InstantSource.system(), (directory, _) -> unread.add(directory.text()));

        assertThat(found).isEqualTo(new HomeUsage.Found(5, 4, 5, 4, false));
        assertThat(unread).hasSize(1);
    }

    /** Calls back when the second of two directories is about to be looked at. */
    private static final class Between extends ForwardingStorage {

        private final List<VirtualPath> seen = new ArrayList<>();
        private final Step step;

        Between(Storage home, Step step) {
            super(home);
            this.step = step;
        }

        interface Step {
            void run(VirtualPath before, VirtualPath after) throws IOException;
        }

        @Override
        public DirectoryListing list(VirtualPath directory, Predicate<String> wanted) throws IOException {
            if (!directory.isRoot()) {
                seen.add(directory);
                if (seen.size() == 2) {
                    step.run(seen.getFirst(), directory);
                }
            }
            return super.list(directory, wanted);
        }
    }

    private static final int LARGE = 10_000_000;

    private Storage withLargeFiles() throws IOException {
        Storage bare = new LinuxStorage(home, HomeOnDisk.context(SymlinkPolicy.DENY));
        for (String directory : List.of("one", "two")) {
            Path large = Files.createDirectory(home.resolve(directory)).resolve("large");
            try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
                file.setLength(LARGE);
            }
        }
        return new MeteredStorage(bare, usage, () -> new QuotaLimits("alice", LARGE * 10L, 100, 80, true));
    }

    private HomeUsage.Found count(Storage storage, Between.Step step) throws IOException {
        return HomeCount.run(
                new Between(storage, step), usage, Pace.full(), InstantSource.system(), (_, why) -> fail(why));
    }

    private HomeUsage.Found countQuietly(Storage storage) throws IOException {
        return count(storage, (_, _) -> {});
    }

    /** As a client does, or an upload when it gets its name. */
    @Test
    void whatIsMovedDuringACountIsNotTakenForMoreOrLess() throws IOException {
        Storage storage = withLargeFiles();
        HomeUsage.Found first = countQuietly(storage);

        HomeUsage.Found never =
                count(storage, (before, after) -> storage.rename(after.child("large"), before.child("moved")));
        HomeUsage.Found twice =
                count(storage, (before, after) -> storage.replace(before.child("moved"), after.child("large")));
        HomeUsage.Found all = countQuietly(storage);

        assertThat(never).isEqualTo(new HomeUsage.Found(LARGE, 3, 0, 0, false));
        assertThat(twice.bytes()).isEqualTo(3L * LARGE);
        assertThat(twice.bytesMore()).isZero();
        assertThat(all).isEqualTo(new HomeUsage.Found(first.bytes(), first.files(), 0, 0, true));
    }

    /** How much is in it isn't known: the count corrects nothing, and the next one is as due as this one was. */
    @Test
    void aDirectoryThatIsMovedDuringACountMakesItACountForNothing() throws IOException {
        Storage storage = withLargeFiles();
        HomeUsage.Found first = countQuietly(storage);
        Files.delete(home.resolve("one/large"));
        Files.createDirectory(home.resolve("two/one"));

        HomeUsage.Found found = count(storage, (before, after) -> {
            storage.rename(new VirtualPath("/two/one"), new VirtualPath("/other"));
        });

        assertThat(found.bytesMore()).isZero();
        assertThat(found.exact()).isFalse();
        assertThat(countQuietly(storage)).isEqualTo(new HomeUsage.Found(LARGE, first.files(), -LARGE, 0, true));
    }
}
