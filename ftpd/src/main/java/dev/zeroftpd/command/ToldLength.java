package dev.zeroftpd.command;

import dev.zeroftpd.storage.StartPosition;
import dev.zeroftpd.storage.VirtualPath;
import java.util.Optional;
import org.apache.ftpserver.impl.FtpIoSession;

/**
 * How long SIZE has called an existing file since the session's last transfer, kept as a session attribute: a client that
 * then sends APPE means what comes behind that length of its own file, as {@code curl -C -} does. Immutable.
 */
record ToldLength(String user, VirtualPath path, RestartOffset length) {

    private static final String ATTRIBUTE = "dev.zeroftpd.told-length";

    static void remember(FtpIoSession session, VirtualPath path, RestartOffset length) {
        session.setAttribute(ATTRIBUTE, new ToldLength(session.getUser().getName(), path, length));
    }

    /** To be called with each transfer: it may change what was told. */
    static void forget(FtpIoSession session) {
        session.removeAttribute(ATTRIBUTE);
    }

    static Optional<StartPosition> of(FtpIoSession session, VirtualPath path) {
        ToldLength told = (ToldLength) session.getAttribute(ATTRIBUTE);
        return told != null
                        && told.path().equals(path)
                        && told.user().equals(session.getUser().getName())
                ? Optional.of(told.length())
                : Optional.empty();
    }
}
