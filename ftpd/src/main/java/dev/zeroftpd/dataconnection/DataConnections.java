package dev.zeroftpd.dataconnection;

import java.time.Duration;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * Gives sessions their data connections. Immutable; any thread.
 *
 * @param connectTimeout how long a transfer waits for the client to connect, or to be connected to
 */
public record DataConnections(Duration connectTimeout) {

    public DataConnections {
        if (!connectTimeout.isPositive()) {
            throw new IllegalArgumentException("The time to connect must be positive: " + connectTimeout);
        }
    }

    /** Makes the data connection of a session that has just begun, where Apache FtpServer looks for it. */
    public SessionDataConnection create(FtpServerContext context, FtpIoSession session) {
        SessionDataConnection connection = new SessionDataConnection(context, session, connectTimeout);
        session.setAttribute(SessionDataConnection.SESSION_ATTRIBUTE, connection);
        return connection;
    }
}
