package dev.zeroftpd.command.listing;

import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.transfer.turn.Turn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a pattern matches, segment by segment. Threads as {@link Walk} says. Directories that match are shown
 * themselves, not what is in them.
 */
final class GlobWalk implements Walk {

    /** A string's objects and its place in a list, without its characters. */
    private static final int STRING_BYTES = 48;

    private final ListedTree tree;
    private final VirtualPath base;
    private final String prefix;
    private final List<String> segments;
    private final ListSwitches switches;
    private int directories;

    private GlobWalk(ListedTree tree, VirtualPath base, String prefix, List<String> segments, ListSwitches switches) {
        this.tree = tree;
        this.base = base;
        this.prefix = prefix;
        this.segments = segments;
        this.switches = switches;
    }

    /**
     * The walk for {@code typed}, which has a pattern in some segment.
     *
     * @throws StorageException if the directory before the first pattern can't be listed; INVALID_NAME for {@code ..}
     *     behind a pattern, which would multiply the ways without end
     */
    static GlobWalk of(ListedTree tree, String typed, ListSwitches switches) throws IOException {
        int start = 0;
        int slash = typed.indexOf('/');
        while (slash >= 0 && !Glob.isPattern(typed.substring(start, slash))) {
            start = slash + 1;
            slash = typed.indexOf('/', start);
        }
        List<String> segments = Arrays.stream(typed.substring(start).split("/"))
                .filter(segment -> !segment.isEmpty() && !segment.equals("."))
                .toList();
        if (segments.contains("..")) {
            throw new StorageException(StorageException.Kind.INVALID_NAME, "a pattern can't have .. behind it");
        }
        String prefix = typed.substring(0, start);
        VirtualPath base = tree.resolve(prefix);
        tree.list(base).close(); // refused now or never: later the data connection is open
        return new GlobWalk(tree, base, prefix, segments, switches);
    }

    @Override
    public String prefix() {
        return prefix;
    }

    @Override
    public boolean isOfDirectory() {
        return true;
    }

    @Override
    public void close() {}

    @Override
    public void run(EntryWriter out) throws IOException {
        out.begin(tree);
        try (ListingMemory.Part memory = out.memory().open(Turn.current().owner())) {
            List<String> reached = List.of("");
            for (int i = 0; i < segments.size() - 1; i++) {
                reached = further(reached, segments.get(i), out, memory);
            }
            for (String below : reached) {
                match(
                        below,
                        segments.getLast(),
                        new Target(out, memory),
                        tree::listed,
                        (name, metadata, allowed) -> out.entry(below + name, metadata, allowed));
            }
        } finally {
            out.end();
        }
    }

    /** The directories that {@code segment} matches in those that were reached before. */
    private List<String> further(List<String> reached, String segment, EntryWriter out, ListingMemory.Part memory)
            throws IOException {
        List<String> next = new ArrayList<>();
        for (String below : reached) {
            match(below, segment, new Target(out, memory), tree::metadata, (name, metadata, allowed) -> {
                if (metadata.isDirectory()) {
                    count();
                    String found = below + name + "/";
                    memory.take(bytes(found));
                    next.add(found);
                }
            });
        }
        for (String below : reached) {
            memory.giveBack(below.isEmpty() ? 0 : bytes(below));
        }
        return next;
    }

    private static long bytes(String path) {
        return STRING_BYTES + 2L * path.length();
    }

    /** Where a walk writes, and what it may keep. */
    private record Target(EntryWriter out, ListingMemory.Part memory) {}

    private void count() throws StorageException {
        if (++directories > MOST_DIRECTORIES) {
            throw new StorageException(
                    StorageException.Kind.FAILED,
                    "the pattern leads into more than " + MOST_DIRECTORIES + " directories");
        }
    }

    /** Takes an entry that matches. */
    private interface Match {
        void found(String name, Metadata metadata, Set<Permission> allowed) throws IOException;
    }

    /** The status of a name that is no pattern: links on the way are followed, a link at the end is shown. */
    private interface Named {
        Metadata metadata(VirtualPath path) throws IOException;
    }

    private void match(String below, String segment, Target target, Named named, Match match) throws IOException {
        VirtualPath here = base.resolve("./" + below);
        EntryRights rights = tree.rightsIn(here);
        if (Glob.isPattern(segment)) {
            matchPattern(
                    here,
                    Glob.of(segment),
                    target,
                    (name, metadata, ignored) -> match.found(name, metadata, rights.of(name)));
            return;
        }
        Metadata found;
        try {
            found = named.metadata(here.resolve("./" + segment));
        } catch (StorageException unreadable) {
            requireElsewhere(here, unreadable);
            return;
        }
        match.found(segment, found, rights.of(segment));
    }

    private void matchPattern(VirtualPath here, Glob glob, Target target, Match match) throws IOException {
        boolean hidden = switches.hidden() || glob.isForHidden();
        Optional<DirectoryListing> opened = opened(here);
        if (opened.isEmpty()) {
            return;
        }
        try (DirectoryListing directory = opened.get()) {
            Entries entries = new Entries(here, directory, target);
            for (Optional<DirectoryEntry> next = entries.next(); next.isPresent(); next = entries.next()) {
                target.out().requireListener();
                DirectoryEntry entry = next.get();
                boolean shown = hidden || !entry.name().startsWith(".");
                if (shown && glob.matches(entry.name())) {
                    match.found(entry.name(), entry.metadata(), Set.of());
                }
            }
        }
    }

    private Optional<DirectoryListing> opened(VirtualPath here) throws IOException {
        try {
            return Optional.of(tree.list(here));
        } catch (StorageException unreadable) {
            requireElsewhere(here, unreadable);
            return Optional.empty();
        }
    }

    /**
     * One directory that is broken, such as a virtual folder on a disk that fails, spoils nothing but what is in it; that the
     * pattern begins in must be whole.
     */
    private void requireElsewhere(VirtualPath here, StorageException unreadable) throws StorageException {
        if (unreadable.kind() == StorageException.Kind.FAILED && here.equals(base)) {
            throw unreadable;
        }
    }

    /** The entries of a directory, in their order, as far as it can be read. */
    private final class Entries {

        private final VirtualPath here;
        private final DirectoryListing directory;
        private final Target target;
        private @Nullable DirectoryListing sorted;

        Entries(VirtualPath here, DirectoryListing directory, Target target) {
            this.here = here;
            this.directory = directory;
            this.target = target;
        }

        Optional<DirectoryEntry> next() throws IOException {
            try {
                DirectoryListing from = sorted;
                if (from == null) {
                    from = SortedListing.of(directory, switches, target.memory());
                    sorted = from;
                }
                return from.next();
            } catch (StorageException unreadable) {
                requireElsewhere(here, unreadable);
                return Optional.empty();
            }
        }
    }
}
