package dev.zeroftpd.command.session;

import dev.zeroftpd.control.SessionCharset;
import dev.zeroftpd.dataconnection.SessionDataConnection;
import java.util.Set;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.ftplet.Structure;
import org.apache.ftpserver.impl.FtpIoSession;

/**
 * Puts the transfer parameters of a session back to what they are after the greeting (RFC 959, section 5.1). Stateless;
 * runs on the session's mailbox.
 *
 * <p>Our commands keep a session's state in attributes whose names begin with {@value #OURS}: all of them are removed.
 */
final class SessionReset {

    private static final String OURS = "dev.zeroftpd.";

    private SessionReset() {}

    static void apply(FtpIoSession session) {
        session.resetState();
        session.setDataType(DataType.ASCII);
        session.setStructure(Structure.FILE);
        session.setLanguage(null);
        SessionCharset.of(session).reset();
        SessionDataConnection.of(session).reset();
        for (Object key : Set.copyOf(session.getAttributeKeys())) {
            if (key instanceof String name && name.startsWith(OURS)) {
                session.removeAttribute(name);
            }
        }
    }
}
