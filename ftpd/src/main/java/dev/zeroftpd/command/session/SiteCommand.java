package dev.zeroftpd.command.session;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.verb.AskingCommand;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.command.verb.Verbs;
import dev.zeroftpd.control.ControlRequest;
import java.io.IOException;
import java.util.Optional;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

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
        Optional<Command> command = Verbs.behind(context, "SITE", request.getArgument());
        if (command.isPresent()) {
            command.get().execute(session, context, request);
        } else {
            Replies.notOffered(session, "SITE HELP tells what SITE knows.");
        }
    }

    /** A file command behind SITE: its argument begins after its own name. */
    public static AskingCommand withRest(AskingCommand command) {
        return new WithRest(command);
    }

    private record WithRest(AskingCommand command) implements AskingCommand {

        @Override
        public AskingCommand asking(Need need) {
            return new WithRest(command.asking(need));
        }

        @Override
        public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
                throws IOException, FtpException {
            command.execute(session, context, ControlRequest.behindVerb(request));
        }
    }
}
