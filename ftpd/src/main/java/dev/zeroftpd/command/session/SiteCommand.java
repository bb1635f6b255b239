package dev.zeroftpd.command.session;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.verb.Verbs;
import java.io.IOException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.jspecify.annotations.Nullable;

/**
 * SITE (RFC 959, section 4.1.3): passes on to the command {@code SITE_} and the first word. Runs on the session's mailbox.
 * Unlike the stock command it leaves failures to the caller, which logs them and replies with what really happened.
 */
public final class SiteCommand implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
            throws IOException, FtpException {
        if (!request.hasArgument()) {
            Replies.badArgument(session, "SITE HELP tells what SITE knows.");
            return;
        }
        String verb = Verbs.firstWord(request.getArgument());
        @Nullable Command command = context.getCommandFactory().getCommand("SITE_" + verb);
        if (command == null) {
            Replies.notOffered(session, "SITE HELP tells what SITE knows.");
        } else {
            command.execute(session, context, request);
        }
    }

    /** A file command behind SITE: its argument begins after its own name. */
    public static Command withRest(Command command) {
        return (session, context, request) -> command.execute(session, context, new SiteRequest(request));
    }
}
