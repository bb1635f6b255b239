package dev.zeroftpd.command.session;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.verb.Verbs;
import java.io.IOException;
import java.util.Optional;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * OPTS (RFC 2389, section 4): passes on to the command {@code OPTS_} and the verb whose options are meant, as SITE does.
 * Never blocks. (Apache FtpServer's own knows two verbs and can't be taught.)
 */
public final class OptsCommand implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
            throws IOException, FtpException {
        String argument = request.getArgument();
        if (argument == null) {
            Replies.badArgument(session, "OPTS needs a command's name.");
            return;
        }
        Optional<Command> options = Verbs.behind(context, "OPTS", argument);
        if (options.isPresent()) {
            options.get().execute(session, context, request);
        } else {
            Replies.badArgument(session, "There are no options for " + Verbs.firstWord(argument) + ".");
        }
    }
}
