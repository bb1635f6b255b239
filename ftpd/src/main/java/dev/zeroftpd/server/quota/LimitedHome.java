package dev.zeroftpd.server.quota;

import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.ftplet.HomeFileSystemFactory;
import dev.zeroftpd.storage.ftplet.HomeTree;
import dev.zeroftpd.storage.quota.HomeCount;
import dev.zeroftpd.storage.quota.HomeUsage;
import dev.zeroftpd.storage.quota.Pace;
import dev.zeroftpd.users.Account;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A home in which is counted what lies there. Thread-safe; one count at a time. */
final class LimitedHome {

    private static final Logger LOG = LoggerFactory.getLogger(LimitedHome.class);

    private final HomeUsage usage;

    /** Of the one who counts. */
    private final ReentrantLock turn = new ReentrantLock();

    /** One of those whose home it is. */
    private volatile Account account;

    private volatile @Nullable Pace counting;

    LimitedHome(HomeUsage usage, Account account) {
        this.usage = usage;
        this.account = account;
    }

    HomeUsage usage() {
        return usage;
    }

    /** By whose limits visitors of its folders are held. */
    Account account() {
        return account;
    }

    void account(Account current) {
        account = current;
    }

    /** Entries that a count has seen so far; empty while none runs. */
    OptionalLong progress() {
        Pace running = counting;
        return running == null ? OptionalLong.empty() : OptionalLong.of(running.entries());
    }

    /** Looks at each file, after another count of this home has ended. */
    HomeUsage.Found count(HomeFileSystemFactory homes, Pace pace) throws IOException {
        turn.lock();
        try {
            return countAlone(homes, pace);
        } finally {
            turn.unlock();
        }
    }

    /** The same, but empty while another count of this home runs, which finds what this one would. */
    Optional<HomeUsage.Found> countUnlessItIsCounted(HomeFileSystemFactory homes, Pace pace) throws IOException {
        if (!turn.tryLock()) {
            return Optional.empty();
        }
        try {
            return Optional.of(countAlone(homes, pace));
        } finally {
            turn.unlock();
        }
    }

    private HomeUsage.Found countAlone(HomeFileSystemFactory homes, Pace pace) throws IOException {
        boolean first = usage.countedAt().isEmpty();
        counting = pace;
        try (HomeTree tree = homes.tree(account)) {
            HomeUsage.Found found = HomeCount.run(tree.storage(), usage, pace, InstantSource.system(), this::unread);
            report(found, first);
            return found;
        } finally {
            counting = null;
        }
    }

    private void unread(VirtualPath directory, StorageException why) {
        LOG.warn(
                "Can't count {} of {}, and perhaps other directories: {}; the home's totals may be raised, not lowered",
                directory,
                account.getHomeDirectory(),
                why.getMessage());
    }

    private void report(HomeUsage.Found found, boolean first) {
        String home = account.getHomeDirectory();
        if (first || (found.bytesMore() == 0 && found.filesMore() == 0)) {
            LOG.info("{} has {} bytes in {} files and directories", home, found.bytes(), found.files());
        } else {
            LOG.info(
                    "{} has {} bytes in {} files and directories: {} bytes and {} files more than were known;"
                            + " corrected",
                    home,
                    found.bytes(),
                    found.files(),
                    found.bytesMore(),
                    found.filesMore());
        }
    }
}
