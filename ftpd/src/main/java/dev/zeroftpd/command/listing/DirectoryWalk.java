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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is in a directory, with {@code -R} also in those below. Threads as {@link Walk} says.
 *
 * <p>A recursive walk enters each directory once, whatever links lead there, so it ends. It keeps the names of the
 * directories that it has yet to enter, never those of files.
 */
final class DirectoryWalk implements Walk {

    /** What a directory is on this machine, whichever name leads to it. */
    private record Identity(long device, long inode) {}

    private final ListedTree tree;
    private final VirtualPath root;
    private final String typed;
    private final ListSwitches switches;
    private final boolean flat;
    private final DirectoryListing rootListing;
    private final Set<Identity> entered = new HashSet<>();
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
        Deque<String> pending = new ArrayDeque<>();
        if (switches.recursive()) {
            enters(tree.metadata(root));
        }
        enter(rootListing, "", out).forEach(pending::addLast);
        while (!pending.isEmpty()) {
            String below = pending.removeFirst();
            List<String> found = enterBelow(below, out);
            for (int i = found.size() - 1; i >= 0; i--) {
                pending.addFirst(found.get(i));
            }
        }
    }

    /** Lists one directory further down; one that vanished or is closed to us is passed over, as {@code ls} does. */
    private List<String> enterBelow(String below, EntryWriter out) throws IOException {
        DirectoryListing listing;
        try {
            listing = tree.list(root.resolve("./" + below));
        } catch (StorageException unreadable) {
            return List.of();
        }
        try (listing) {
            return enter(listing, below + "/", out);
        }
    }

    /**
     * Lists one directory.
     *
     * @param below where it is, seen from where the walk began: empty or with a slash at its end
     * @return the directories in it that are to be entered too
     */
    private List<String> enter(DirectoryListing listing, String below, EntryWriter out) throws IOException {
        if (switches.recursive() && !flat) {
            out.section(title(below), below.isEmpty());
        }
        VirtualPath here = root.resolve("./" + below);
        boolean writable = tree.mayWrite(here);
        if (switches.dots() && !flat) {
            out.entry(".", tree.metadata(here), writable);
            out.entry("..", tree.metadata(here.parent()), tree.mayWrite(here.parent()));
        }
        List<String> toEnter = new ArrayList<>();
        DirectoryListing ordered = SortedListing.of(listing, switches);
        for (Optional<DirectoryEntry> next = ordered.next(); next.isPresent(); next = ordered.next()) {
            out.requireListener();
            DirectoryEntry entry = next.get();
            if (!switches.hidden() && entry.name().startsWith(".")) {
                continue;
            }
            out.entry(flat ? below + entry.name() : entry.name(), entry.metadata(), writable);
            if (switches.recursive() && entry.metadata().isDirectory() && enters(entry.metadata())) {
                toEnter.add(below + entry.name());
            }
        }
        return toEnter;
    }

    /** Counts a directory; false if the walk has entered it before. */
    private boolean enters(Metadata directory) throws StorageException {
        if (++directories > MOST_DIRECTORIES) {
            throw new StorageException(
                    StorageException.Kind.FAILED, "more than " + MOST_DIRECTORIES + " directories in one listing");
        }
        return !directory.hasIdentity() || entered.add(new Identity(directory.device(), directory.inode()));
    }

    private String title(String below) {
        String path = (prefix().isEmpty() ? "./" : prefix()) + below;
        return path.length() > 1 ? path.substring(0, path.length() - 1) : path;
    }
}
