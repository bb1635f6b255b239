package dev.zeroftpd.command.listing;

import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import java.io.IOException;

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
        return files.metadata(path, tellsLengths);
    }

    @Override
    public Metadata listed(VirtualPath path) throws IOException {
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
        return files.list(directory, tellsLengths);
    }

    @Override
    public boolean isLocal() {
        return files.storage().isLocal();
    }

    @Override
    public boolean mayWrite(VirtualPath path) {
        return files.mayWrite(path);
    }

    @Override
    public ListedTree tellingLengths() {
        return new HomeTree(files, true);
    }
}
