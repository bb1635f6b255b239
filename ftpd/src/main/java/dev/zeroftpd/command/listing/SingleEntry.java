package dev.zeroftpd.command.listing;

import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.storage.Metadata;
import java.io.IOException;
import java.util.Set;

/** One file, or a directory itself. Threads as {@link Walk} says. */
record SingleEntry(String prefix, String name, Metadata metadata, Set<Permission> allowed) implements Walk {

    @Override
    public void run(EntryWriter out) throws IOException {
        out.entry(name, metadata, allowed);
    }

    @Override
    public boolean isOfDirectory() {
        return false;
    }

    @Override
    public void close() {}
}
