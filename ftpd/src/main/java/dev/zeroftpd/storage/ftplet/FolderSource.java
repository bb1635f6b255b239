package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.storage.VirtualPath;
import java.util.List;
import org.apache.ftpserver.ftplet.User;

/** Tells which virtual folders an account has. Thread-safe. */
@FunctionalInterface
public interface FolderSource {

    /** Where no account has any. */
    FolderSource NONE = _ -> List.of();

    /**
     * One folder as the operator wrote it.
     *
     * @param at where the account sees it; never the root
     * @param root an absolute path of this machine, or the URI of another file system
     */
    record Choice(VirtualPath at, String root, boolean readOnly) {}

    /** The folders that {@code account} has, as it was read: those that its rights were written for. Never blocks. */
    List<Choice> of(User account);
}
