package dev.zeroftpd.command.work;

import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.admission.AddressPrefix;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;

/** Whose turn it is when a session computes: its account's, but strangers don't share theirs. Stateless; any thread. */
public final class TurnOwner {

    private TurnOwner() {}

    private record Anonymous(AddressPrefix from) {}

    /** What tells the owner from others: the account's name, or where an anonymous client comes from. */
    public static Object of(FtpIoSession session) {
        @Nullable User user = session.getUser();
        return user == null || user.getName().equals(UserManager.ANONYMOUS)
                ? new Anonymous(ControlConnection.of(session).probation().from())
                : user.getName();
    }
}
