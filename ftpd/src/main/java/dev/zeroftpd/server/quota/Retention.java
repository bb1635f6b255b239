package dev.zeroftpd.server.quota;

import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.ftplet.HomeTree;
import dev.zeroftpd.storage.quota.HomeWalk;
import dev.zeroftpd.storage.quota.OldFiles;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the files of one home that are older than its account keeps them, and deletes them. One thread, one walk. */
final class Retention implements HomeWalk.Visitor {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final HomeTree tree;
    private final Set<String> spared;
    private final Instant limit;
    private final boolean deletes;
    private final Found found;

    /** Hears of each file that was deleted, or would be. */
    @FunctionalInterface
    interface Found {
        void file(VirtualPath path, long bytes, Instant modified) throws IOException;
    }

    /** @param spared files and directories that stay, with all that is in them */
    Retention(HomeTree tree, Set<String> spared, Instant limit, boolean deletes, Found found) {
        this.tree = tree;
        this.spared = spared;
        this.limit = limit;
        this.deletes = deletes;
        this.found = found;
    }

    @Override
    public void found(VirtualPath directory, DirectoryEntry entry) throws IOException {
        if (!OldFiles.isOld(entry.name(), entry.metadata(), limit) || !VirtualPath.isNameable(entry.name())) {
            return;
        }
        VirtualPath path = directory.child(entry.name());
        if (spared.contains(path.text())) {
            return;
        }
        try {
            if (!deletes || OldFiles.delete(tree.place(), path, limit)) {
                found.file(path, entry.metadata().size(), entry.metadata().modified());
            }
        } catch (StorageException refused) {
            LOG.warn(
                    "{} of {} is old, but can't be deleted: {}",
                    path,
                    tree.place().home(),
                    refused.getMessage());
        }
    }

    @Override
    public boolean enters(VirtualPath directory) {
        return !spared.contains(directory.text());
    }

    @Override
    public void unreadable(VirtualPath directory, StorageException why) {
        LOG.warn("Old files in {} of {} stay: {}", directory, tree.place().home(), why.getMessage());
    }
}
