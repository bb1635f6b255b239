package dev.zeroftpd.storage.quota;

import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Looks at everything that lies below a home, and through no link. Stateless; any thread.
 *
 * <p>It keeps one directory open per level and no names of directories: a home can have millions, but no path is longer than
 * 4096 bytes.
 */
public final class HomeWalk {

    private HomeWalk() {}

    /** What is done with what is found. */
    public interface Visitor {

        /**
         * Something lies there.
         *
         * @param entry its name may be one that no client can use
         */
        void found(VirtualPath directory, DirectoryEntry entry) throws IOException;

        /** Whether what is in a directory is of interest too. */
        default boolean enters(VirtualPath directory) {
            return true;
        }

        /** What is in a directory can't be known; throws to end the walk. */
        void unreadable(VirtualPath directory, StorageException why) throws IOException;
    }

    private record Level(VirtualPath path, DirectoryListing listing) {}

    /**
     * Looks at everything.
     *
     * @param home one that follows no links and lists them as such
     */
    public static void through(Storage home, Visitor visitor, Pace pace) throws IOException {
        Deque<Level> open = new ArrayDeque<>();
        try {
            open.push(new Level(VirtualPath.ROOT, home.list(VirtualPath.ROOT, _ -> true)));
            while (!open.isEmpty()) {
                Level level = open.peek();
                Optional<DirectoryEntry> entry = level.listing().next();
                if (entry.isEmpty()) {
                    open.pop().listing().close();
                } else {
                    pace.step();
                    visitor.found(level.path(), entry.get());
                    enter(home, level.path(), entry.get(), visitor, open);
                }
            }
        } finally {
            for (Level level : open) {
                level.listing().close();
            }
        }
    }

    private static void enter(
            Storage home, VirtualPath parent, DirectoryEntry entry, Visitor visitor, Deque<Level> open)
            throws IOException {
        if (!entry.metadata().isDirectory() || !VirtualPath.isNameable(entry.name())) {
            return; // a client can put nothing into a directory whose name has a line feed
        }
        VirtualPath path = parent.child(entry.name());
        if (!visitor.enters(path)) {
            return;
        }
        try {
            open.push(new Level(path, home.list(path, _ -> true)));
        } catch (StorageException refused) {
            switch (refused.kind()) {
                case NOT_FOUND, NOT_A_DIRECTORY -> {} // gone meanwhile
                case INVALID_NAME -> {} // the path is too long, also for clients
                default -> visitor.unreadable(path, refused);
            }
        }
    }
}
