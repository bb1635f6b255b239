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
        String verb = Verbs.firstWord(argument);
        @Nullable Command options = context.getCommandFactory().getCommand("OPTS_" + verb);
        if (options == null) {
            Replies.badArgument(session, "There are no options for " + verb + ".");
            return;
        }
        options.execute(session, context, request);
    }
}
