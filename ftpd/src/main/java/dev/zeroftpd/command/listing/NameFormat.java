package dev.zeroftpd.command.listing;

import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.storage.Metadata;
import java.io.IOException;
import java.util.Set;

/**
 * Names and nothing else, as a client can use them behind RETR (RFC 1123, section 4.1.3.10). Immutable.
 *
 * @param prefix the directory as the client wrote it, with a slash; empty for the working directory
 * @param classify a slash behind each directory, an {@code @} behind each link
 */
public record NameFormat(String prefix, boolean classify) implements LineFormat {

    @Override
    public void add(ListingText out, String name, Metadata metadata, Set<Permission> allowed) throws IOException {
        out.addName(prefix);
        out.addName(name);
        if (classify && metadata.isDirectory()) {
            out.add('/');
        } else if (classify && metadata.isLink()) {
            out.add('@');
        }
        out.endLine();
    }
}
