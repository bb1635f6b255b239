package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.rights.RightsHolder;
import dev.zeroftpd.storage.VirtualPath;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.usermanager.impl.WriteRequest;

/**
 * What one session's account may do at a path: the rights of an account of ours, else what Apache FtpServer's write permission
 * makes of an embedder's. Any thread; an edit of the account replaces them.
 */
final class SessionRights {

    private final Supplier<User> current;

    /** @param current the account as it is now */
    SessionRights(Supplier<User> current) {
        this.current = current;
    }

    /** Whether this path or one below has rights of its own, by name. */
    boolean name(VirtualPath path) {
        return current.get() instanceof RightsHolder holder && holder.rights().name(path.text());
    }

    User user() {
        return current.get();
    }

    Set<Permission> at(VirtualPath path) {
        User now = current.get();
        if (now instanceof RightsHolder holder) {
            return holder.rights().at(path.text());
        }
        return now.authorize(new WriteRequest(path.text())) == null ? Permission.READ : Permission.ALL;
    }

    boolean changeAt(VirtualPath path) {
        return !Permission.READ.containsAll(at(path));
    }

    /** Whether the account may know that there is something. */
    boolean reveal(VirtualPath path) {
        return !(current.get() instanceof RightsHolder holder)
                || holder.rights().reveal(path.text());
    }

    /** Whether paths below have rights of their own; an embedder's may have anywhere, but decide nothing that depends on it. */
    boolean varyBelow(VirtualPath path) {
        return current.get() instanceof RightsHolder holder && holder.rights().varyBelow(path.text());
    }
}
