package dev.zeroftpd.dataconnection;

import dev.zeroftpd.dataconnection.proxy.ProxiedClient;
import java.time.Duration;
import java.util.Optional;
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

    /**
     * Makes the data connection of a session that has just begun, where Apache FtpServer looks for it.
     *
     * @param proxied what is known of a client behind a balancer
     */
    public SessionDataConnection create(
            FtpServerContext context, FtpIoSession session, Optional<ProxiedClient> proxied) {
        SessionDataConnection connection = new SessionDataConnection(context, session, connectTimeout, proxied);
        session.setAttribute(SessionDataConnection.SESSION_ATTRIBUTE, connection);
        return connection;
    }
}
