package dev.zeroftpd.storage.folder;

import dev.zeroftpd.storage.VirtualPath;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where the folders of a session are among its paths. Immutable; any thread. */
final class Folders {

    /** The deepest first: of two that hold a path, the inner one is meant. An account has a handful of them. */
    private final List<Folder> all;

    Folders(Collection<Folder> folders) {
        this.all = folders.stream()
                .sorted(Comparator.comparingInt(
                                (Folder folder) -> folder.at().text().length())
                        .reversed())
                .toList();
    }

    List<Folder> all() {
        return all;
    }

    /** The folder that holds a path, or that the path names; empty for one of the home. */
    Optional<Folder> of(VirtualPath path) {
        for (Folder folder : all) {
            if (path.startsWith(folder.at())) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    /** True if a folder has that name itself. */
    boolean isOne(VirtualPath path) {
        return all.stream().anyMatch(folder -> folder.at().equals(path));
    }

    /** True for each directory between the root, or a folder, and a folder in it: it may be on no disk. */
    boolean isOnTheWay(VirtualPath path) {
        return !path.isRoot() && !isOne(path) && holdsOne(path);
    }

    /** True if a folder is somewhere below. */
    boolean holdsOne(VirtualPath directory) {
        return all.stream()
                .anyMatch(
                        folder -> !folder.at().equals(directory) && folder.at().startsWith(directory));
    }

    /** The names in a directory that are folders, or lead to some. */
    SortedSet<String> namesIn(VirtualPath directory) {
        SortedSet<String> names = new TreeSet<>();
        for (Folder folder : all) {
            if (!folder.at().equals(directory) && folder.at().startsWith(directory)) {
                names.add(folder.at().segmentsBelow(directory).getFirst());
            }
        }
        return Collections.unmodifiableSortedSet(names);
    }
}
