package dev.zeroftpd.storage;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * An open directory, read entry by entry in constant memory. Used by one thread at a time; closing is idempotent.
 *
 * <p>Directories of up to {@value #SORTED_UP_TO} entries come sorted by name, since people read those. Larger ones come in
 * the file system's order, so that the first byte of a listing doesn't wait for the last name.
 */
public interface DirectoryListing extends Closeable {

    /** About 50 KiB of names: what a listing may hold while many others do the same. */
    int SORTED_UP_TO = 512;

    /**
     * The next entry, or empty at the end. {@code .} and {@code ..} are left out, and entries that vanish meanwhile.
     *
     * @throws StorageException if the directory can't be read on
     */
    Optional<DirectoryEntry> next() throws IOException;

    /** True if all names of the directory have been read and are sorted, so that no other can turn up. */
    default boolean hasSeenAll() {
        return false;
    }
}
