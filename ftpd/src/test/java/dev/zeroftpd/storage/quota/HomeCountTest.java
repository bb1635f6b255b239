package dev.zeroftpd.storage.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.HomeOnDisk;
import dev.zeroftpd.storage.Room;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.linux.LinuxStorage;
import java.io.IOException;
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

    private final HomeUsage usage = new HomeUsage(
            Counter.forThisProcess(),
            new QuotaObserver() {
                @Override
                public void nearlyFull(String account, Room room) {}

                @Override
                public void full(String account, Room room) {}
            },
            Instant.EPOCH);

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
}
