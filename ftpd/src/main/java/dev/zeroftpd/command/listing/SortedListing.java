package dev.zeroftpd.command.listing;

import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * A directory sorted as {@code -t}, {@code -S} or {@code -r} ask, if it has no more than {@value #MOST} entries; a larger
 * one comes as it is, because sorting it would hold it in memory. Used by one thread.
 */
final class SortedListing implements DirectoryListing {

    /** Some 2 MiB: what one listing may hold while others do the same. */
    static final int MOST = 5000;

    private final DirectoryListing rest;
    private final Queue<DirectoryEntry> first;

    private SortedListing(DirectoryListing rest, Queue<DirectoryEntry> first) {
        this.rest = rest;
        this.first = first;
    }

    /** Takes over {@code listing}; reads it at once if it has to be sorted. */
    static DirectoryListing of(DirectoryListing listing, ListSwitches switches) throws IOException {
        if (switches.order() == ListSwitches.Order.AS_IT_COMES) {
            return listing;
        }
        List<DirectoryEntry> entries = new ArrayList<>();
        Optional<DirectoryEntry> next = listing.next();
        while (next.isPresent()) {
            entries.add(next.get());
            next = entries.size() <= MOST ? listing.next() : Optional.empty();
        }
        if (entries.size() <= MOST) {
            entries.sort(comparator(switches));
        }
        return new SortedListing(listing, new ArrayDeque<>(entries));
    }

    private static Comparator<DirectoryEntry> comparator(ListSwitches switches) {
        Comparator<DirectoryEntry> byName = Comparator.comparing(DirectoryEntry::name);
        Comparator<DirectoryEntry> wanted = switch (switches.order()) {
            case AS_IT_COMES, NAME -> byName;
            case TIME ->
                Comparator.comparing((DirectoryEntry entry) -> entry.metadata().modified())
                        .reversed()
                        .thenComparing(byName);
            case SIZE ->
                Comparator.comparingLong(
                                (DirectoryEntry entry) -> entry.metadata().size())
                        .reversed()
                        .thenComparing(byName);
        };
        return switches.reverse() ? wanted.reversed() : wanted;
    }

    @Override
    public Optional<DirectoryEntry> next() throws IOException {
        DirectoryEntry sorted = first.poll();
        return sorted == null ? rest.next() : Optional.of(sorted);
    }

    @Override
    public void close() throws IOException {
        rest.close();
    }
}
