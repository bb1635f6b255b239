package dev.zeroftpd.storage.provider;

import dev.zeroftpd.config.LinkListing;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.storage.LinkTarget;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.StorageContext;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** What {@link ProviderStorage} tells of symbolic links, as {@code LinuxLinks} does. Stateless; any thread. */
final class ProviderLinks {

    private final ProviderStorage storage;
    private final StorageContext context;
    private final WalkingResolver inside;

    ProviderLinks(ProviderHome home, ProviderStorage storage, StorageContext context) {
        this.storage = storage;
        this.context = context;
        this.inside = new WalkingResolver(home, SymlinkPolicy.INSIDE);
    }

    /** What a listing shows of {@code entry}, which is {@code name} in {@code directory}. */
    Metadata listed(Path entry, VirtualPath directory, String name) throws IOException {
        Metadata own = ProviderAttributes.read(entry, LinkOption.NOFOLLOW_LINKS);
        if (own.kind() != Metadata.Kind.OTHER) {
            return own;
        }
        if (context.listLinks() == LinkListing.LINK) {
            return VirtualPath.isNameable(name) ? told(entry, directory.child(name), own) : own;
        }
        if (!Files.isSymbolicLink(entry)) {
            return own;
        }
        return VirtualPath.isNameable(name)
                ? followed(directory.child(name)).orElseGet(own::leadingNowhere)
                : own.leadingNowhere();
    }

    /** What {@code entry}, which is {@code path}, is itself. */
    Metadata metadata(Path entry, VirtualPath path) throws IOException {
        Metadata own = ProviderAttributes.read(entry, LinkOption.NOFOLLOW_LINKS);
        return own.kind() == Metadata.Kind.OTHER ? told(entry, path, own) : own;
    }

    private Metadata told(Path entry, VirtualPath path, Metadata own) {
        return Files.isSymbolicLink(entry) ? own.leadingTo(new LinkTarget(text(entry, path), followed(path))) : own;
    }

    private Optional<Metadata> followed(VirtualPath link) {
        try {
            return Optional.of(storage.metadata(link));
        } catch (IOException leadsNowhere) {
            return Optional.empty();
        }
    }

    /** The walk goes through every {@code ..} and refuses what leaves the home, also where the link leads nowhere. */
    private Optional<String> text(Path entry, VirtualPath link) {
        try {
            String text = Files.readSymbolicLink(entry).toString();
            return staysInside(link, text) ? Optional.of(text) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private boolean staysInside(VirtualPath link, String text) {
        try {
            inside.resolve(link);
            return true;
        } catch (StorageException refused) {
            boolean ring = refused.kind() == StorageException.Kind.NOT_PERMITTED;
            return ring && LinkTarget.ascendsOnlyFirst(text);
        }
    }
}
