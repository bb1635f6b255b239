package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.util.Optional;

/** Finds files whose names differ only in case from the client's. Stateless; any thread. */
final class CaseInsensitiveNames {

    private CaseInsensitiveNames() {}

    /** {@code path} with each segment as the file system has it; unchanged from the first segment on that isn't there. */
    static VirtualPath existing(Storage storage, VirtualPath path) {
        VirtualPath reached = VirtualPath.ROOT;
        for (String segment : path.segments()) {
            reached = reached.child(nameIn(storage, reached, segment));
        }
        return reached;
    }

    private static String nameIn(Storage storage, VirtualPath directory, String name) {
        String similar = name;
        try (DirectoryListing listing = storage.list(directory)) {
            Optional<DirectoryEntry> entry = listing.next();
            while (entry.isPresent()) {
                String candidate = entry.get().name();
                if (candidate.equals(name)) {
                    return name;
                }
                if (candidate.equalsIgnoreCase(name) && VirtualPath.isNameable(candidate)) {
                    similar = candidate;
                }
                entry = listing.next();
            }
        } catch (IOException unreadable) {
            return name;
        }
        return similar;
    }
}
