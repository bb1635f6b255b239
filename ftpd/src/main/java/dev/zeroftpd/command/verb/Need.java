package dev.zeroftpd.command.verb;

import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import java.io.IOException;

/**
 * What a verb needs of the account that uses it, beyond a login. It stands in the verb's row, and this is the one place
 * where a command's account is asked. Any thread.
 */
public enum Need {
    /** Every account may use it, wherever its home lets it. */
    NOTHING,
    /** Permission to write at each path that the verb changes. */
    WRITE,
    /** To be an administrator. */
    ADMINISTRATOR;

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
     * Asks for a path that is known.
     *
     * @throws StorageException NOT_PERMITTED if the account may not do there what the verb does
     */
    public void ask(SessionFileSystem home, VirtualPath path) throws StorageException {
        switch (this) {
            case WRITE -> home.requireWritePermission(path);
            case NOTHING, ADMINISTRATOR -> {
                // a path makes no difference
            }
        }
    }
}
