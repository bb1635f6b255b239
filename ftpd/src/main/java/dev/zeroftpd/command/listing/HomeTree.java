package dev.zeroftpd.command.listing;

import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import java.io.IOException;
import java.util.Set;

/**
 * A home of ours to be listed. Threads as {@link ListedTree} says.
 *
 * @param tellsLengths whether the client gets to know how long files are
 */
record HomeTree(SessionFileSystem files, boolean tellsLengths) implements ListedTree {

    @Override
    public VirtualPath resolve(String name) throws StorageException {
        return files.resolve(name);
    }

    @Override
    public Metadata metadata(VirtualPath path) throws IOException {
        requireRevealed(path);
        return files.metadata(path, tellsLengths);
    }

    @Override
    public Metadata listed(VirtualPath path) throws IOException {
        requireRevealed(path);
        try {
            Metadata shown = files.storage().listed(path);
            if (shown.isLink()) {
                return shown;
            }
        } catch (StorageException absent) {
            return metadata(path); // which throws the reason, or knows more
        }
        return metadata(path);
    }

    @Override
    public DirectoryListing list(VirtualPath directory) throws IOException {
        if (!files.permissions(directory).contains(Permission.LIST)) {
            throw StorageException.of(StorageException.Kind.NOT_PERMITTED, directory);
        }
        return files.list(directory, tellsLengths);
    }

    @Override
    public boolean isLocal() {
        return files.storage().isLocal();
    }

    @Override
    public Set<Permission> allowed(VirtualPath path) {
        return files.shownPermissions(path);
    }

    @Override
    public boolean reveals(VirtualPath path) {
        return files.reveals(path);
    }

    /** An embedder's write permission is that of the directory. */
    @Override
    public EntryRights rightsIn(VirtualPath directory) {
        Set<Permission> here = files.permissions(directory);
        return files.permissionsVaryBelow(directory)
                ? name -> VirtualPath.isNameable(name) ? files.shownPermissions(directory.child(name)) : here
                : _ -> here;
    }

    /** Before anything is looked at: where the account may not know what is there, time must not tell either. */
    private void requireRevealed(VirtualPath path) throws StorageException {
        if (!files.reveals(path)) {
            throw StorageException.of(StorageException.Kind.NOT_PERMITTED, path);
        }
    }

    @Override
    public ListedTree tellingLengths() {
        return new HomeTree(files, true);
    }
}
