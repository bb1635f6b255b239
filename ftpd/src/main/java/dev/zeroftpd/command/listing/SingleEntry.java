package dev.zeroftpd.command.listing;

import dev.zeroftpd.storage.Metadata;
import java.io.IOException;

/** One file, or a directory itself. Threads as {@link Walk} says. */
record SingleEntry(String prefix, String name, Metadata metadata, boolean writable) implements Walk {

    @Override
    public void run(EntryWriter out) throws IOException {
        out.entry(name, metadata, writable);
    }

    @Override
    public boolean isOfDirectory() {
        return false;
    }

    @Override
    public void close() {}
}
