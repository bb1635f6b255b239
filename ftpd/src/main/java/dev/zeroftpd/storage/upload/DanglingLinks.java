package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.HiddenName;
import dev.zeroftpd.storage.LinkTarget;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
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
     * What is written to: {@code path} itself unless it is such a link.
     *
     * @throws StorageException NOT_PERMITTED if no file can be made where the link leads
     */
    public static VirtualPath target(Storage storage, VirtualPath path) throws IOException {
        return leadsNowhere(storage, path) ? followed(storage, path) : path;
    }

    /** A link that must not be followed is refused with another kind, and stays what it is. */
    private static boolean leadsNowhere(Storage storage, VirtualPath path) throws IOException {
        try {
            storage.metadata(path);
            return false;
        } catch (StorageException refused) {
            return refused.kind() == Kind.NOT_FOUND;
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
