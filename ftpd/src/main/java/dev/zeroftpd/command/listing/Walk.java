package dev.zeroftpd.command.listing;

import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import java.io.Closeable;
import java.io.IOException;

/**
 * A way through a file system that finds what a client wants listed. Prepared on the command's thread, run once on the
 * listing's thread, closed once by the thread that used it last.
 */
public sealed interface Walk extends Closeable permits SingleEntry, DirectoryWalk, GlobWalk {

    /**
     * Directories that one recursive listing or pattern may lead into: bounds its time where links multiply the ways.
     * {@link ListingMemory} bounds its memory.
     */
    int MOST_DIRECTORIES = 100_000;

    /** Finds everything, in one go. */
    void run(EntryWriter out) throws IOException;

    /** What the client has to put before the names found to make paths of them: empty, or something with a slash. */
    String prefix();

    /** True if this lists what is in a directory. */
    boolean isOfDirectory();

    /**
     * The walk for LIST, NLST or STAT. A name that exists is meant itself, even if it looks like a pattern.
     *
     * @param flat names as paths below the directory instead of a section for each directory
     * @throws StorageException if there is nothing of that name, or it can't be read
     */
    static Walk of(ListedTree tree, ListArgument argument, boolean flat) throws IOException {
        String typed = argument.path();
        VirtualPath path = tree.resolve(typed);
        try {
            if (tree.metadata(path).isDirectory() && !argument.switches().itself()) {
                return new DirectoryWalk(tree, path, typed, argument.switches(), flat);
            }
        } catch (StorageException missing) {
            if (!typed.endsWith("/") && isLink(tree, path)) {
                return single(tree, path, typed); // one that leads nowhere, or where it must not be followed
            }
            if (missing.kind() == StorageException.Kind.NOT_FOUND && Glob.isPattern(typed)) {
                return GlobWalk.of(tree, typed, argument.switches());
            }
            throw missing;
        }
        return single(tree, path, typed);
    }

    private static boolean isLink(ListedTree tree, VirtualPath path) throws IOException {
        try {
            return tree.listed(path).isLink();
        } catch (StorageException missing) {
            return false;
        }
    }

    private static Walk single(ListedTree tree, VirtualPath path, String typed) throws IOException {
        Metadata metadata = typed.endsWith("/") ? tree.metadata(path) : tree.listed(path);
        return new SingleEntry(directoryPart(typed), namePart(typed), metadata, tree.allowed(path));
    }

    /** The walk for MLSD: everything in a directory, which is {@code .} and has {@code ..}. */
    static Walk ofAllIn(ListedTree tree, VirtualPath directory) throws IOException {
        return new DirectoryWalk(tree, directory, "", ListSwitches.NONE.with("-a"), false);
    }

    /** The walk for MLST: a file, directory or link itself, by its full path. */
    static Walk ofOne(ListedTree tree, VirtualPath path) throws IOException {
        return new SingleEntry("", path.text(), tree.listed(path), tree.allowed(path));
    }

    private static String directoryPart(String typed) {
        return typed.substring(0, typed.lastIndexOf('/') + 1);
    }

    private static String namePart(String typed) {
        String name = typed.substring(typed.lastIndexOf('/') + 1);
        return name.isEmpty() ? "." : name;
    }
}
