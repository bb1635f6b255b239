package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A directory as the owner of broken uploads sees it: each of them is a file as long as the bytes that have arrived.
 * Used by one thread at a time.
 *
 * <p>It notes the names of partials while it reads the directory's names. A small directory's names are all read before
 * its first entry; a large directory is read twice, the first time names only. Each partial costs one look at the file,
 * other entries cost nothing.
 */
final class BrokenListing implements DirectoryListing {

    private final DirectoryListing entries;
    private final NotedPartials noted;
    private final VirtualPath directory;
    private final ToldLengths told;
    private final boolean sorted;

    /** Of files that don't exist yet. */
    private final NavigableMap<String, Metadata> newFiles;

    /** Read, but behind a new file in the order. */
    private @Nullable DirectoryEntry waiting;

    private BrokenListing(
            DirectoryListing entries, NotedPartials noted, VirtualPath directory, ToldLengths told, boolean sorted)
            throws IOException {
        this.entries = entries;
        this.noted = noted;
        this.directory = directory;
        this.told = told;
        this.sorted = sorted;
        this.newFiles = noted.newFiles();
    }

    /** Opens a directory, as {@link Storage#list} does. */
    static DirectoryListing open(PartialFiles partials, VirtualPath directory, ToldLengths told) throws IOException {
        NotedPartials noted = new NotedPartials(partials, directory);
        DirectoryListing entries = partials.place().storage().list(directory, noted::isVisible);
        try {
            boolean sorted = entries.hasSeenAll();
            if (!sorted) {
                noted.noteAll();
            }
            return noted.isEmpty() ? entries : new BrokenListing(entries, noted, directory, told, sorted);
        } catch (IOException | RuntimeException failed) {
            entries.close();
            throw failed;
        }
    }

    @Override
    public Optional<DirectoryEntry> next() throws IOException {
        DirectoryEntry entry = waiting;
        waiting = null;
        if (entry == null) {
            entry = entries.next().orElse(null);
        }
        if (entry != null) {
            newFiles.remove(entry.name());
        }
        boolean addNow = !newFiles.isEmpty()
                && (entry == null || (sorted && newFiles.firstKey().compareTo(entry.name()) < 0));
        if (addNow) {
            waiting = entry;
            Map.Entry<String, Metadata> first = newFiles.pollFirstEntry();
            return Optional.of(shown(first.getKey(), first.getValue()));
        }
        return entry == null ? Optional.empty() : Optional.of(asOwnerSeesIt(entry));
    }

    private DirectoryEntry asOwnerSeesIt(DirectoryEntry entry) throws IOException {
        Optional<Metadata> left = noted.leftOf(entry);
        return left.isEmpty() ? entry : shown(entry.name(), BrokenUpload.shown(entry.metadata(), left.get()));
    }

    private DirectoryEntry shown(String name, Metadata metadata) {
        if (VirtualPath.isNameable(name)) {
            told.tell(directory.child(name), metadata.size());
        }
        return new DirectoryEntry(name, metadata);
    }

    @Override
    public void close() throws IOException {
        entries.close();
    }
}
