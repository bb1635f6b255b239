package dev.zeroftpd.storage.folder;

import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A directory with the folders that are in it: in the order of names where the directory has one, else before all others.
 * Used by one thread at a time.
 */
final class ListingWithFolders implements DirectoryListing {

    private final DirectoryListing others;
    private final Queue<DirectoryEntry> folders;
    private @Nullable DirectoryEntry waiting;

    /**
     * Takes over {@code others}.
     *
     * @param others without the names of folders
     * @param folders in the order of their names
     */
    ListingWithFolders(DirectoryListing others, List<DirectoryEntry> folders) {
        this.others = others;
        this.folders = new ArrayDeque<>(folders);
    }

    @Override
    public Optional<DirectoryEntry> next() throws IOException {
        DirectoryEntry folder = folders.peek();
        if (folder == null) {
            return withoutFolders();
        }
        if (others.hasSeenAll()) {
            waiting = withoutFolders().orElse(null);
            if (waiting != null && waiting.name().compareTo(folder.name()) < 0) {
                return withoutFolders();
            }
        }
        return Optional.of(folders.remove());
    }

    private Optional<DirectoryEntry> withoutFolders() throws IOException {
        DirectoryEntry first = waiting;
        waiting = null;
        return first == null ? others.next() : Optional.of(first);
    }

    @Override
    public boolean hasSeenAll() {
        return others.hasSeenAll();
    }

    @Override
    public void close() throws IOException {
        others.close();
    }

    /** A directory that is on no disk. */
    static final DirectoryListing NO_OTHERS = new DirectoryListing() {
        @Override
        public Optional<DirectoryEntry> next() {
            return Optional.empty();
        }

        @Override
        public boolean hasSeenAll() {
            return true;
        }

        @Override
        public void close() {}
    };
}
