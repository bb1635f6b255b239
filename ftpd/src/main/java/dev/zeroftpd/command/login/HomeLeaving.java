package dev.zeroftpd.command.login;

import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.SessionEvents;
import java.util.concurrent.Executor;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;

/**
 * Ends a login whose session goes on, for USER and REIN. Immutable; runs on the session's mailbox.
 *
 * <p>The home is closed on another thread, because writing back a home that is an archive takes time.
 */
public record HomeLeaving(Executor elsewhere) {

    public void logOut(FtpIoSession session) {
        @Nullable FileSystemView home = session.getFileSystemView();
        if (session.isLoggedIn()) {
            SessionEvents.logout(session);
            session.reinitialize();
            ControlConnection.of(session).probation().begin();
        }
        session.setUserArgument(null);
        session.resetState();
        if (home != null) {
            elsewhere.execute(home::dispose);
        }
    }
}
