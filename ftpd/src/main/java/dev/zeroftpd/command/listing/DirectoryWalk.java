package dev.zeroftpd.command.listing;

import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
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
 * names of the directories that it has yet to enter, never those of files.
 */
final class DirectoryWalk implements Walk {

    /** Identifies a directory on this machine, whichever name leads to it. */
    private record Identity(long device, long inode) {}

    /**
     * A directory to be entered.
     *
     * @param below seen from where the walk began: empty, or with a slash at its end
     */
    private record Place(String below, Optional<Identity> identity, Optional<Place> parent) {

        boolean goesThrough(Identity directory) {
            boolean found = false;
            for (Optional<Place> at = Optional.of(this); at.isPresent() && !found; at = at.get().parent) {
                found = at.get().identity.equals(Optional.of(directory));
            }
            return found;
        }
    }

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
        Deque<Place> pending = new ArrayDeque<>();
        Place start = new Place("", identity(tree.metadata(root)), Optional.empty());
        pending.addAll(enter(rootListing, start, out));
        while (!pending.isEmpty()) {
            List<Place> found = enterBelow(pending.removeFirst(), out);
            for (Place place : found.reversed()) {
                pending.addFirst(place);
            }
        }
    }

    /** Lists one directory further down; skips one that vanished or that we may not read, as {@code ls} does. */
    private List<Place> enterBelow(Place place, EntryWriter out) throws IOException {
        DirectoryListing listing;
        try {
            listing = tree.list(root.resolve("./" + place.below()));
        } catch (StorageException unreadable) {
            return List.of();
        }
        try (listing) {
            return enter(listing, place, out);
        }
    }

    /** Lists one directory and gives those in it that are to be entered too. */
    private List<Place> enter(DirectoryListing listing, Place place, EntryWriter out) throws IOException {
        if (switches.recursive() && !flat) {
            out.section(title(place.below()), place.below().isEmpty());
        }
        VirtualPath here = root.resolve("./" + place.below());
        boolean writable = tree.mayWrite(here);
        if (switches.dots() && !flat) {
            out.entry(".", tree.metadata(here), writable);
            out.entry("..", tree.metadata(here.parent()), tree.mayWrite(here.parent()));
        }
        List<Place> toEnter = new ArrayList<>();
        DirectoryListing ordered = SortedListing.of(listing, switches);
        for (Optional<DirectoryEntry> next = ordered.next(); next.isPresent(); next = ordered.next()) {
            out.requireListener();
            DirectoryEntry entry = next.get();
            if (!switches.hidden() && entry.name().startsWith(".")) {
                continue;
            }
            out.entry(flat ? place.below() + entry.name() : entry.name(), entry.metadata(), writable);
            if (switches.recursive() && entry.metadata().isDirectory()) {
                enterLater(entry, place).ifPresent(toEnter::add);
            }
        }
        return toEnter;
    }

    /** The place of a directory found in {@code parent}, unless it is one of those that the way here goes through. */
    private Optional<Place> enterLater(DirectoryEntry directory, Place parent) throws StorageException {
        Optional<Identity> identity = identity(directory.metadata());
        if (identity.isPresent() && parent.goesThrough(identity.get())) {
            return Optional.empty();
        }
        if (++directories > MOST_DIRECTORIES) {
            throw new StorageException(
                    StorageException.Kind.FAILED, "more than " + MOST_DIRECTORIES + " directories in one listing");
        }
        return Optional.of(new Place(parent.below() + directory.name() + "/", identity, Optional.of(parent)));
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
