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
import org.jspecify.annotations.Nullable;

/**
 * A directory sorted as {@code -t}, {@code -S} or {@code -r} ask, if it has no more than {@value #MOST} entries of some 2 MiB
 * together; a larger one comes as it is, because sorting it would hold it in memory, and so does any while other listings
 * hold so much that it has no room. Used by one thread.
 */
final class SortedListing implements DirectoryListing {

    static final int MOST = 5000;

    private static final long MOST_BYTES = 2L * 1024 * 1024;

    /** The objects that an entry takes, without its name. */
    private static final int ENTRY_BYTES = 320;

    private final DirectoryListing rest;
    private final Queue<DirectoryEntry> first;
    private final ListingMemory.Part memory;

    /** Comes behind the first, and is not counted. */
    private @Nullable DirectoryEntry tooMuch;

    private SortedListing(
            DirectoryListing rest,
            Queue<DirectoryEntry> first,
            @Nullable DirectoryEntry tooMuch,
            ListingMemory.Part memory) {
        this.tooMuch = tooMuch;
        this.rest = rest;
        this.first = first;
        this.memory = memory;
    }

    /** Takes over {@code listing}; reads it at once if it has to be sorted. */
    static DirectoryListing of(DirectoryListing listing, ListSwitches switches, ListingMemory.Part memory)
            throws IOException {
        if (switches.order() == ListSwitches.Order.AS_IT_COMES) {
            return listing;
        }
        List<DirectoryEntry> entries = new ArrayList<>();
        long bytes = 0;
        long most = Math.min(MOST_BYTES, memory.most() / 2);
        DirectoryEntry next = listing.next().orElse(null);
        while (next != null) {
            long more = bytes(next);
            if (entries.size() == MOST || bytes + more > most || !memory.tryTake(more)) {
                return new SortedListing(listing, new ArrayDeque<>(entries), next, memory);
            }
            entries.add(next);
            bytes += more;
            next = listing.next().orElse(null);
        }
        entries.sort(comparator(switches));
        return new SortedListing(listing, new ArrayDeque<>(entries), null, memory);
    }

    private static long bytes(DirectoryEntry entry) {
        return ENTRY_BYTES + 2L * entry.name().length();
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
        if (sorted == null) {
            DirectoryEntry uncounted = tooMuch;
            tooMuch = null;
            return uncounted == null ? rest.next() : Optional.of(uncounted);
        }
        memory.giveBack(bytes(sorted));
        return Optional.of(sorted);
    }

    @Override
    public void close() throws IOException {
        rest.close();
    }
}
