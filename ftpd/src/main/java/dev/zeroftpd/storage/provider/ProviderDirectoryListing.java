package dev.zeroftpd.storage.provider;

import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Predicate;

/** A directory of {@link ProviderStorage}. Used by one thread at a time. */
final class ProviderDirectoryListing implements DirectoryListing {

    private final ProviderLinks links;
    private final VirtualPath path;
    private final DirectoryStream<Path> stream;
    private final Iterator<Path> rest;
    private final Queue<Path> readAhead;
    private final Predicate<String> wanted;
    private final boolean sorted;

    ProviderDirectoryListing(
            ProviderLinks links, VirtualPath path, DirectoryStream<Path> stream, Predicate<String> wanted)
            throws IOException {
        this.wanted = wanted;
        this.links = links;
        this.path = path;
        this.stream = stream;
        this.rest = stream.iterator();
        List<Path> first = new ArrayList<>();
        while (first.size() < SORTED_UP_TO && hasMore()) {
            Path entry = rest.next();
            if (wanted.test(nameOf(entry))) {
                first.add(entry);
            }
        }
        this.sorted = !hasMore();
        if (sorted) {
            first.sort(Comparator.comparing(ProviderDirectoryListing::nameOf));
        }
        this.readAhead = new ArrayDeque<>(first);
    }

    @Override
    public Optional<DirectoryEntry> next() throws IOException {
        while (!readAhead.isEmpty() || hasMore()) {
            boolean passed = !readAhead.isEmpty();
            Path entry = passed ? readAhead.remove() : rest.next();
            Optional<Metadata> metadata = passed || wanted.test(nameOf(entry)) ? metadata(entry) : Optional.empty();
            if (metadata.isPresent()) {
                return Optional.of(new DirectoryEntry(nameOf(entry), metadata.get()));
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean hasSeenAll() {
        return sorted;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private boolean hasMore() throws StorageException {
        try {
            return rest.hasNext();
        } catch (DirectoryIteratorException failed) {
            throw StorageException.of(StorageException.Kind.FAILED, path, failed);
        }
    }

    private Optional<Metadata> metadata(Path entry) {
        try {
            return Optional.of(links.listed(entry, path, nameOf(entry)));
        } catch (IOException vanished) {
            return Optional.empty();
        }
    }

    /** Some zip file systems end the names of directories with a slash. */
    private static String nameOf(Path entry) {
        Path last = entry.getFileName();
        String name = last == null ? "" : last.toString();
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }
}
