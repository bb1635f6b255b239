package dev.zeroftpd.storage.quota;

import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiConsumer;

/** Counts what lies in a home by a look at each file, and corrects what was known of it. One thread. */
public final class HomeCount implements HomeWalk.Visitor {

    private long bytes;
    private long files;
    private boolean complete = true;
    private final BiConsumer<VirtualPath, StorageException> unread;

    private HomeCount(BiConsumer<VirtualPath, StorageException> unread) {
        this.unread = unread;
    }

    /**
     * Counts.
     *
     * @param home one that follows no links and lists them as such
     * @param unread told once, of the first directory that can't be read. What is in such a directory is not known: it may
     *     be much, so numbers are only corrected to larger ones then
     * @throws IOException if the home itself can't be read: then nothing is corrected
     */
    public static HomeUsage.Found run(
            Storage home,
            HomeUsage usage,
            Pace pace,
            InstantSource clock,
            BiConsumer<VirtualPath, StorageException> unread)
            throws IOException {
        HomeUsage.Start begun = usage.beginCount();
        HomeCount count = new HomeCount(unread);
        try {
            HomeWalk.through(home, count, pace);
        } catch (IOException | RuntimeException e) {
            usage.abandonCount();
            throw e;
        }
        Instant now = clock.instant();
        return usage.endCount(begun, new HomeUsage.Seen(count.bytes, count.files, count.complete), now);
    }

    @Override
    public void found(VirtualPath directory, DirectoryEntry entry) {
        files++;
        if (entry.metadata().isFile()) {
            bytes += entry.metadata().size();
        }
    }

    @Override
    public void unreadable(VirtualPath directory, StorageException why) {
        if (complete) {
            complete = false;
            unread.accept(directory, why);
        }
    }
}
