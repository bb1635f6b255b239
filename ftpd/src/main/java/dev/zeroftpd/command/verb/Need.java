package dev.zeroftpd.command.verb;

import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.apache.ftpserver.ftplet.FileSystemView;

/**
 * What a verb needs of the account that uses it, beyond a login. It stands in the verb's row, and this is the one place
 * where a command's account is asked. Any thread.
 */
public enum Need {
    /** Every account may use it, wherever its home lets it. */
    NOTHING,
    /** To list a directory, or what is in its parent. */
    LIST,
    /** To know what a file is like: where it can be listed, or read. */
    LOOK,
    DOWNLOAD,
    /** To make a new file or to replace one, by what is there. */
    STORE,
    /** The same, but behind the end of one. */
    APPEND,
    STORE_NEW,
    DELETE,
    RENAME,
    /** At both names, and to overwrite what has the new one. */
    RENAME_TO,
    MKDIR,
    RMDIR,
    ATTRIBUTES,
    /** To write files of whatever kind. */
    SPACE,
    /** To be an administrator, at least of a group. */
    ADMINISTRATOR;

    /** Of these, any one is enough; empty if none is needed for whatever is there. */
    public Set<Permission> enough() {
        return switch (this) {
            case NOTHING, ADMINISTRATOR, STORE, APPEND -> Set.of();
            case LIST -> Set.of(Permission.LIST);
            case LOOK -> Set.of(Permission.LIST, Permission.DOWNLOAD);
            case DOWNLOAD -> Set.of(Permission.DOWNLOAD);
            case STORE_NEW -> Set.of(Permission.UPLOAD);
            case DELETE -> Set.of(Permission.DELETE);
            case RENAME, RENAME_TO -> Set.of(Permission.RENAME);
            case MKDIR -> Set.of(Permission.MKDIR);
            case RMDIR -> Set.of(Permission.RMDIR);
            case ATTRIBUTES -> Set.of(Permission.ATTRIBUTES);
            case SPACE -> Set.of(Permission.UPLOAD, Permission.OVERWRITE, Permission.APPEND);
        };
    }

    /** What is needed besides if there is nothing of that name. */
    Optional<Permission> ofNew() {
        return this == STORE || this == APPEND ? Optional.of(Permission.UPLOAD) : Optional.empty();
    }

    /** What is needed besides if there is something of that name. */
    Optional<Permission> ofExisting() {
        return switch (this) {
            case STORE, RENAME_TO -> Optional.of(Permission.OVERWRITE);
            case APPEND -> Optional.of(Permission.APPEND);
            default -> Optional.empty();
        };
    }

    /** Whether a path makes a difference. */
    boolean isOfPaths() {
        return this != NOTHING && this != ADMINISTRATOR;
    }

    private boolean changes() {
        return switch (this) {
            case NOTHING, LIST, LOOK, DOWNLOAD, ADMINISTRATOR -> false;
            default -> true;
        };
    }

    /**
     * The path that {@code name} means, if the account may do there what the verb does.
     *
     * @throws StorageException NOT_PERMITTED if it may not
     */
    public VirtualPath path(SessionFileSystem home, String name) throws IOException {
        VirtualPath path = home.resolve(name);
        ask(home, path);
        return path;
    }

    /**
     * Asks for a path that is known. Never looks at what is there: where that decides, storage is told what the account may do,
     * and where the account may not know it, everything that could be needed is.
     *
     * @throws StorageException NOT_PERMITTED if the account may not do there what the verb does
     */
    public void ask(SessionFileSystem home, VirtualPath path) throws StorageException {
        if (!isAllowed(home, path)) {
            throw changes() ? home.refusal(path) : StorageException.of(Kind.NOT_PERMITTED, path);
        }
    }

    /** The same in a view that may be an embedder's own, whose own commands ask its files. */
    public void ask(FileSystemView view, VirtualPath path) throws StorageException {
        if (view instanceof SessionFileSystem home) {
            ask(home, path);
        }
    }

    private boolean isAllowed(SessionFileSystem home, VirtualPath path) {
        if (!isOfPaths()) {
            return true;
        }
        Set<Permission> allowed = home.permissions(path);
        boolean mayMake = ofNew().filter(allowed::contains).isPresent();
        boolean mayReplace = ofExisting().filter(allowed::contains).isPresent();
        return switch (this) {
            case LOOK -> home.reveals(path);
            case LIST ->
                allowed.contains(Permission.LIST)
                        || home.permissions(path.parent()).contains(Permission.LIST);
            // a file that may not be replaced gets another name, see UploadFile
            case STORE -> mayMake || (mayReplace && home.reveals(path));
            case APPEND -> home.reveals(path) && (mayMake || mayReplace);
            // a directory with permissions of its own would take what is in it to where others hold
            case RENAME -> allowed.contains(Permission.RENAME) && !home.permissionsName(path);
            case RENAME_TO ->
                allowed.contains(Permission.RENAME)
                        && !home.permissionsName(path)
                        && (mayReplace || home.reveals(path));
            case DOWNLOAD -> allowed.contains(Permission.DOWNLOAD);
            case NOTHING, STORE_NEW, DELETE, MKDIR, RMDIR, ATTRIBUTES, SPACE, ADMINISTRATOR ->
                !Collections.disjoint(enough(), allowed);
        };
    }
}
