package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.storage.Storage;
import org.apache.ftpserver.ftplet.User;

/** Puts limits around the homes of accounts that have some. Any thread. */
@FunctionalInterface
public interface LimitedHomes {

    /** No home has any. */
    LimitedHomes NONE = (user, home) -> home;

    /** The home as it is for that account from its login on. */
    Storage limit(User user, Storage home);

    /**
     * A virtual folder as it is for that account: what lies in it counts for the home that it is in.
     *
     * @param root the directory that it stands for, or a URI
     */
    default Storage limitFolder(User user, String root, Storage folder) {
        return folder;
    }
}
