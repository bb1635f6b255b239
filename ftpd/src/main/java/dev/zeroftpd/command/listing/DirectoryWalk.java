package dev.zeroftpd.command.listing;

import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.transfer.turn.Turn;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What is in a directory, with {@code -R} also in those below. Threads as {@link Walk} says.
 *
 * <p>A recursive walk follows links as the listing shows them, but never back into a directory that it is in. It keeps the
 * names of the directories that it has yet to enter, never those of files, and only as many as {@link ListingMemory} has
 * room for.
 */
final class DirectoryWalk implements Walk {

    /** Identifies a directory on this machine, whichever name leads to it. */
    private record Identity(long device, long inode) {}

    /** The objects that a directory to be entered takes, without its name. */
    private static final int PLACE_BYTES = 160;

    /** A directory to be entered. It knows only its own name, because paths grow with the square of the depth. */
    private record Place(String name, Optional<Identity> identity, Optional<Place> parent) {

        boolean goesThrough(Identity directory) {
            boolean found = false;
            for (Optional<Place> at = Optional.of(this); at.isPresent() && !found; at = at.get().parent) {
                found = at.get().identity.equals(Optional.of(directory));
            }
            return found;
        }

        /** Seen from where the walk began: empty, or with a slash at its end. */
        String below() {
            Deque<String> names = new ArrayDeque<>();
            for (Optional<Place> at = Optional.of(this); at.isPresent(); at = at.get().parent) {
                names.addFirst(at.get().name);
            }
            return String.join("", names);
        }

        /** As the heap counts. */
        long bytes() {
            return PLACE_BYTES + 2L * name.length();
        }
    }

    /** What is to be done next: to enter a directory, or to forget it once all below it was listed. */
    private record Step(Place place, boolean enters) {}

    private final ListedTree tree;
    private final VirtualPath root;
    private final String typed;
    private final ListSwitches switches;
    private final boolean flat;
    private final DirectoryListing rootListing;
    private int directories;

    /** Opens the directory, so that a refusal is known before the data connection is used. */
    DirectoryWalk(ListedTree tree, VirtualPath root, String typed, ListSwitches switches, boolean flat)
            throws IOException {
        this.tree = tree;
        this.root = root;
        this.typed = typed;
        this.switches = switches;
        this.flat = flat;
        this.rootListing = tree.list(root);
    }

    @Override
    public String prefix() {
        return typed.isEmpty() || typed.equals(".") ? "" : typed.endsWith("/") ? typed : typed + "/";
    }

    @Override
    public boolean isOfDirectory() {
        return true;
    }

    @Override
    public void close() throws IOException {
        rootListing.close();
    }

    @Override
    public void run(EntryWriter out) throws IOException {
        out.begin(tree);
        try (ListingMemory.Part memory = out.memory().open(Turn.current().owner())) {
            Deque<Step> pending = new ArrayDeque<>();
            Place start = new Place("", identity(tree.metadata(root)), Optional.empty());
            enterLater(enter(rootListing, start, out, memory), pending);
            while (!pending.isEmpty()) {
                Step next = pending.removeFirst();
                if (next.enters()) {
                    pending.addFirst(new Step(next.place(), false));
                    enterLater(enterBelow(next.place(), out, memory), pending);
                } else {
                    memory.giveBack(next.place().bytes());
                }
            }
        } finally {
            out.end();
        }
    }

    private static void enterLater(List<Place> found, Deque<Step> pending) {
        for (Place place : found.reversed()) {
            pending.addFirst(new Step(place, true));
        }
    }

    /** Lists one directory further down; skips one that vanished or that we may not read, as {@code ls} does. */
    private List<Place> enterBelow(Place place, EntryWriter out, ListingMemory.Part memory) throws IOException {
        DirectoryListing listing;
        try {
            listing = tree.list(root.resolve("./" + place.below()));
        } catch (StorageException unreadable) {
            return List.of();
        }
        try (listing) {
            return enter(listing, place, out, memory);
        }
    }

    /** Lists one directory and gives those in it that are to be entered too. */
    private List<Place> enter(DirectoryListing listing, Place place, EntryWriter out, ListingMemory.Part memory)
            throws IOException {
        String below = place.below();
        if (switches.recursive() && !flat) {
            out.section(title(below), below.isEmpty());
        }
        VirtualPath here = root.resolve("./" + below);
        EntryRights rights = tree.rightsIn(here);
        if (switches.dots() && !flat) {
            out.entry(".", tree.metadata(here), tree.allowed(here));
            if (tree.reveals(here.parent())) {
                out.entry("..", tree.metadata(here.parent()), tree.allowed(here.parent()));
            }
        }
        List<Place> toEnter = new ArrayList<>();
        DirectoryListing ordered = SortedListing.of(listing, switches, memory);
        for (Optional<DirectoryEntry> next = ordered.next(); next.isPresent(); next = ordered.next()) {
            out.requireListener();
            DirectoryEntry entry = next.get();
            if (!switches.hidden() && entry.name().startsWith(".")) {
                continue;
            }
            out.entry(flat ? below + entry.name() : entry.name(), entry.metadata(), rights.of(entry.name()));
            if (switches.recursive() && entry.metadata().isDirectory()) {
                Optional<Place> found = place(entry, place);
                if (found.isPresent()) {
                    memory.take(found.get().bytes());
                    toEnter.add(found.get());
                }
            }
        }
        return toEnter;
    }

    /** The place of a directory found in {@code parent}, unless it is one of those that the way here goes through. */
    private Optional<Place> place(DirectoryEntry directory, Place parent) throws StorageException {
        Optional<Identity> identity = identity(directory.metadata());
        if (identity.isPresent() && parent.goesThrough(identity.get())) {
            return Optional.empty();
        }
        if (++directories > MOST_DIRECTORIES) {
            throw new StorageException(
                    StorageException.Kind.FAILED, "more than " + MOST_DIRECTORIES + " directories in one listing");
        }
        return Optional.of(new Place(directory.name() + "/", identity, Optional.of(parent)));
    }

    private static Optional<Identity> identity(Metadata directory) {
        return directory.hasIdentity()
                ? Optional.of(new Identity(directory.device(), directory.inode()))
                : Optional.empty();
    }

    private String title(String below) {
        String path = (prefix().isEmpty() ? "./" : prefix()) + below;
        return path.length() > 1 ? path.substring(0, path.length() - 1) : path;
    }
}
