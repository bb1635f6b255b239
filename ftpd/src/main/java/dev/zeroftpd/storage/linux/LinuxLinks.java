package dev.zeroftpd.storage.linux;

import dev.zeroftpd.config.LinkListing;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.os.Descriptor;
import dev.zeroftpd.os.ErrorNumber;
import dev.zeroftpd.os.FileStatus;
import dev.zeroftpd.os.LinuxFiles;
import dev.zeroftpd.storage.LinkTarget;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.StorageContext;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import java.util.Optional;

/**
 * What {@link LinuxStorage} reveals of symbolic links. Stateless; any thread.
 *
 * <p>The kernel decides whether a link's text may be told: where it resolves the link without leaving the home, every name
 * in the text is one of the home's. All other texts stay hidden, because they would name what is beside the home.
 */
final class LinuxLinks {

    private final LinuxHome home;
    private final StorageContext context;

    LinuxLinks(LinuxHome home, StorageContext context) {
        this.home = home;
        this.context = context;
    }

    /** What a listing shows of an entry that is a link, in an open directory. */
    Metadata listed(Descriptor parent, VirtualPath directory, String name, FileStatus own) {
        if (context.listLinks() == LinkListing.LINK) {
            return metadata(parent, directory, name, own);
        }
        Optional<Metadata> target = VirtualPath.isNameable(name) ? followed(directory.child(name)) : Optional.empty();
        return target.orElseGet(() -> LinuxMetadata.of(own, context.names()).leadingNowhere());
    }

    /** The link itself, with where it leads. */
    Metadata metadata(Descriptor parent, VirtualPath directory, String name, FileStatus own) {
        LinkTarget target = LinkTarget.UNKNOWN;
        if (VirtualPath.isNameable(name)) {
            VirtualPath link = directory.child(name);
            target = new LinkTarget(text(parent, link), followed(link));
        }
        return LinuxMetadata.of(own, context.names()).leadingTo(target);
    }

    /** What is behind the link, if commands reach it. */
    private Optional<Metadata> followed(VirtualPath link) {
        return context.symlinks() == SymlinkPolicy.DENY ? Optional.empty() : status(link);
    }

    private Optional<Metadata> status(VirtualPath link) {
        try {
            long found = home.tryFind(link);
            if (found >= 0) {
                try (Descriptor target = new Descriptor((int) found)) {
                    return Optional.of(
                            LinuxMetadata.of(LinuxMetadata.known(LinuxFiles.status(target), link), context.names()));
                }
            }
        } catch (StorageException homeVanished) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private Optional<String> text(Descriptor parent, VirtualPath link) {
        Optional<String> text = LinuxFiles.linkText(parent, link.name());
        long found;
        try {
            found = home.tryFindInside(link);
        } catch (StorageException homeVanished) {
            return Optional.empty();
        }
        if (found >= 0) {
            new Descriptor((int) found).close();
            return text;
        }
        return switch ((int) -found) {
            // the kernel went through each .. at the text's beginning before it found that a name leads nowhere
            case ErrorNumber.ENOENT, ErrorNumber.ENOTDIR, ErrorNumber.ELOOP ->
                text.filter(LinkTarget::ascendsOnlyFirst);
            case ErrorNumber.EXDEV -> context.symlinks() == SymlinkPolicy.FOLLOW ? virtualPath(link) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /**
     * If links out of the home are followed, a link such as an absolute one may lead back into it: then its target is
     * shown.
     */
    private Optional<String> virtualPath(VirtualPath link) {
        try (Descriptor directory = home.open()) {
            long found = home.tryFind(link);
            if (found < 0) {
                return Optional.empty();
            }
            try (Descriptor target = new Descriptor((int) found)) {
                String root = LinuxFiles.realPath(directory).orElse("");
                String real = LinuxFiles.realPath(target).orElse("");
                String prefix = root.equals("/") ? "" : root;
                boolean inside = !root.isEmpty() && (real + "/").startsWith(prefix + "/");
                String top = home.top().isRoot() ? "" : home.top().text();
                return inside
                        ? Optional.of(real.equals(root) ? home.top().text() : top + real.substring(prefix.length()))
                        : Optional.empty();
            }
        } catch (StorageException homeVanished) {
            return Optional.empty();
        }
    }
}
