package dev.zeroftpd.command.listing;

import dev.zeroftpd.storage.Metadata;
import java.io.IOException;

/** How one entry becomes a line. Belongs to one listing, used by one thread. */
public interface LineFormat {

    /**
     * Adds the line of one entry.
     *
     * @param name as the client shall read it: a name, or a path where the listing spans directories
     * @param writable whether the account may change what is in the entry's directory
     */
    void add(ListingText out, String name, Metadata metadata, boolean writable) throws IOException;
}
