package dev.zeroftpd.command.listing;

import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import java.io.IOException;
import java.util.Set;
import org.apache.ftpserver.ftplet.FileSystemView;

/**
 * One session's file system as a listing sees it. Used by one thread at a time, and still by a listing's thread while the
 * session's other commands wait.
 */
public sealed interface ListedTree permits HomeTree, ForeignTree {

    /** The path that a client's argument means. */
    VirtualPath resolve(String name) throws StorageException;

    /**
     * What the file system says about a path.
     *
     * @throws StorageException NOT_FOUND and the like
     */
    Metadata metadata(VirtualPath path) throws IOException;

    /**
     * What a listing shows of a path: of a symbolic link the link itself, unless the server lists what links lead to.
     *
     * @throws StorageException NOT_FOUND and the like
     */
    Metadata listed(VirtualPath path) throws IOException;

    /** Whether a name, as a client writes it, is that of something that can be listed. */
    default boolean exists(String name) {
        try {
            listed(resolve(name));
            return true;
        } catch (IOException absent) {
            return false;
        }
    }

    /** The switches and the path that a client wrote behind LIST, NLST or STAT. */
    default ListArgument argument(String text) {
        return ListArgument.parse(text, this::exists);
    }

    /** The directory that a client wrote behind MLSD. */
    default VirtualPath directory(String text) throws StorageException {
        return resolve(ListArgument.path(text, this::exists));
    }

    /** Opens a directory. What must stay hidden from clients is already left out. */
    DirectoryListing list(VirtualPath directory) throws IOException;

    /** False if each look at a directory or file may take long: on other machines, and where it is an embedder's. */
    boolean isLocal();

    /** What the account may do there. */
    Set<Permission> allowed(VirtualPath path);

    /** Whether the account may know what is there. */
    boolean reveals(VirtualPath path);

    /** What the account may do with the entries of a directory. */
    EntryRights rightsIn(VirtualPath directory);

    /** The same for a client that gets to know how long files are, and so may append to what broke off. */
    ListedTree tellingLengths();

    /**
     * The view of a session, which may be the embedder's own.
     *
     * @param tellsLengths whether the client gets to know how long files are, and so may append to what broke off
     */
    static ListedTree of(FileSystemView view, boolean tellsLengths) {
        return view instanceof SessionFileSystem ours ? new HomeTree(ours, tellsLengths) : new ForeignTree(view);
    }
}
