package dev.zeroftpd.command.session;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.view.SessionView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** SITE WHO: the sessions of every listener, or of the accounts that the administrator is for, as {@code ftpd who} has them. Runs on the session's mailbox. */
public final class SiteWho implements Command {

    /** A reply is made in memory as a whole. */
    static final int MOST_LINES = 1000;

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        List<SessionView> sessions = ControlConnection.of(session).everySession().stream()
                .map(ControlConnection::view)
                .flatMap(Optional<SessionView>::stream)
                .filter(Administered.by(session, context))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add("Sessions: " + sessions.size());
        sessions.stream().limit(MOST_LINES).forEach(view -> lines.add(' ' + SessionLine.of(view)));
        if (sessions.size() > MOST_LINES) {
            lines.add(" and " + (sessions.size() - MOST_LINES) + " more");
        }
        lines.add("End.");
        Replies.okay(session, String.join("\n", lines));
    }
}
