package dev.zeroftpd.command.listing;

import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.storage.Metadata;
import java.io.IOException;
import java.util.Set;

/** How one entry becomes a line. Belongs to one listing, used by one thread. */
public interface LineFormat {

    /**
     * Adds the line of one entry.
     *
     * @param name as the client shall read it: a name, or a path where the listing spans directories
     * @param allowed what the account may do with the entry
     */
    void add(ListingText out, String name, Metadata metadata, Set<Permission> allowed) throws IOException;
}
