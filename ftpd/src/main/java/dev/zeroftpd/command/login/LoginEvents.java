package dev.zeroftpd.command.login;

import dev.zeroftpd.control.SessionEvents;
import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.users.name.AccountName;
import org.apache.ftpserver.impl.FtpIoSession;

/** Tells of log-ins that were refused. Stateless; any thread. */
final class LoginEvents {

    private LoginEvents() {}

    /** @param name as the client wrote it; a stranger's long name is told in part: no account has one */
    static void failed(FtpIoSession session, String name, String reason, String detail) {
        SessionEvents.loginFailed(session, LogText.shortened(name, AccountName.LONGEST), reason, detail);
    }
}
