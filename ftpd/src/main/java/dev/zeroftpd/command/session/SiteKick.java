package dev.zeroftpd.command.session;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.ControlRequest;
import dev.zeroftpd.control.view.SessionView;
import dev.zeroftpd.os.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * SITE KICK: ends the session of that name, or all of that account, as {@code ftpd kick} does. Runs on the session's mailbox.
 */
public final class SiteKick implements Command {

    /** One that can be seen. */
    private record Seen(ControlConnection connection, SessionView view) {}

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        FtpRequest kick = ControlRequest.behindVerb(request);
        if (!kick.hasArgument()) {
            Replies.badArgument(session, "SITE KICK needs a session of SITE WHO, or an account.");
            return;
        }
        List<Seen> found = find(
                session, Administered.by(session, context), kick.getArgument().strip());
        if (found.isEmpty()) {
            Replies.say(
                    session,
                    FtpReply.REPLY_550_REQUESTED_ACTION_NOT_TAKEN,
                    "There is no such session; SITE WHO lists them.");
            return;
        }
        String by = "by " + session.getUser().getName() + ", with SITE KICK";
        found.forEach(each -> each.connection().kick("Ended by the administrator.", by, each.view()));
        Replies.okay(session, "Ended " + Quantity.of(found.size(), "session") + ".");
    }

    private static List<Seen> find(FtpIoSession session, Predicate<SessionView> administered, String wanted) {
        List<Seen> all = new ArrayList<>();
        for (ControlConnection connection : ControlConnection.of(session).everySession()) {
            connection.view().filter(administered).ifPresent(view -> all.add(new Seen(connection, view)));
        }
        List<Seen> found = all.stream()
                .filter(each -> each.view().session().equals(wanted))
                .toList();
        if (found.isEmpty()) {
            found = all.stream()
                    .filter(each -> each.view().user().filter(wanted::equals).isPresent())
                    .toList();
        }
        return found;
    }
}
