package dev.zeroftpd.storage;

import dev.zeroftpd.storage.StorageException.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where an upload to a symbolic link that leads to no file makes one, as {@code open(2)} does. Stateless; any thread.
 *
 * <p>The partial belongs beside that file, and only a rename there leaves the link alone. The link's text is followed by
 * name; where that could mean another place than to the kernel, the upload is refused.
 */
public final class DanglingLinks {

    /** What Linux allows. */
    private static final int MOST = 40;

    private DanglingLinks() {}

    /**
     * Where an upload goes.
     *
     * @param path the name that was asked for, unless that is such a link
     * @param there what has that name, through links that lead somewhere; empty if nothing has
     */
    public record Target(VirtualPath path, Optional<Metadata> there) {}

    /**
     * Finds it by one look at a name that is new, or a file's own. Only a link costs more.
     *
     * @throws StorageException NOT_PERMITTED if no file can be made where the link leads
     */
    public static Target find(Storage storage, VirtualPath path) throws IOException {
        Optional<Metadata> entry = unlessAbsent(() -> storage.entry(path));
        if (entry.isEmpty() || !entry.get().isLink()) {
            return new Target(path, entry);
        }
        // a link that must not be followed is refused with another kind than NOT_FOUND
        Optional<Metadata> followed = unlessAbsent(() -> storage.metadata(path));
        return followed.isPresent()
                ? new Target(path, followed)
                : new Target(followed(storage, path), Optional.empty());
    }

    /** What is written to: {@code path} itself unless it is such a link. */
    public static VirtualPath target(Storage storage, VirtualPath path) throws IOException {
        return find(storage, path).path();
    }

    /** Whether there is a link with that name, wherever it leads. */
    public static boolean isLink(Storage storage, VirtualPath path) throws IOException {
        try {
            return storage.entry(path).isLink();
        } catch (StorageException absent) {
            return false;
        }
    }

    private interface Look {
        Metadata at() throws IOException;
    }

    private static Optional<Metadata> unlessAbsent(Look look) throws IOException {
        try {
            return Optional.of(look.at());
        } catch (StorageException absent) {
            if (absent.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw absent;
        }
    }

    private static VirtualPath followed(Storage storage, VirtualPath path) throws IOException {
        VirtualPath reached = path;
        for (int i = 0; i < MOST; i++) {
            Optional<Metadata> link = link(storage, reached);
            if (link.isEmpty()) {
                if (HiddenName.isPartial(reached.name())) {
                    throw refused(path);
                }
                return reached;
            }
            Optional<String> text = link.get().link().flatMap(LinkTarget::text);
            if (text.isEmpty() || !isPlain(storage, reached.parent(), text.get())) {
                throw refused(path);
            }
            reached = reached.parent().resolve(text.get());
            if (!storage.areTogether(path, reached)) {
                throw refused(path); // the name is that of a folder, into which the link itself doesn't lead
            }
        }
        throw refused(path);
    }

    /** True if the names alone say where the text leads: nothing is left out that could be a link itself. */
    private static boolean isPlain(Storage storage, VirtualPath directory, String text) throws IOException {
        boolean namesFile = !text.endsWith("/") && !text.endsWith("/.");
        boolean ascends = List.of(text.split("/", -1)).contains("..");
        return namesFile && LinkTarget.ascendsOnlyFirst(text) && !(ascends && goesThroughLink(storage, directory));
    }

    private static boolean goesThroughLink(Storage storage, VirtualPath directory) throws IOException {
        for (VirtualPath above = directory; !above.isRoot(); above = above.parent()) {
            if (link(storage, above).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Metadata> link(Storage storage, VirtualPath path) throws IOException {
        try {
            return Optional.of(storage.entry(path)).filter(Metadata::isLink);
        } catch (StorageException absent) {
            return Optional.empty();
        }
    }

    private static StorageException refused(VirtualPath path) {
        return new StorageException(
                Kind.NOT_PERMITTED,
                path + ": a symbolic link that leads to no file, nor to a place in the home where one can be made");
    }
}
