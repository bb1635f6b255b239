package dev.zeroftpd.command.parameter;

import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import dev.zeroftpd.users.Account;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.impl.FtpIoSession;

/** Whether a session may leave its data connections in clear. Stateless; any thread. */
public final class DataProtection {

    private DataProtection() {}

    /** True if its listener, or its account as the last edit left it, wants them protected. */
    public static boolean isRequired(FtpIoSession session) {
        return ControlConnection.of(session).requiresProtectedData()
                || (accountNow(session) instanceof Account account
                        && account.rules().tlsRequired());
    }

    private static User accountNow(FtpIoSession session) {
        return session.getFileSystemView() instanceof SessionFileSystem files ? files.accountNow() : session.getUser();
    }
}
