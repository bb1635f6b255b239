package dev.zeroftpd.command.directory;

import dev.zeroftpd.command.listing.Fact;
import dev.zeroftpd.command.reply.Replies;
import java.util.Set;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * OPTS MLST (RFC 3659, section 7.9): chooses the facts that MLST and MLSD tell this session, and confirms what was
 * understood. Never blocks.
 */
public final class OptsMlst implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        String argument = request.getArgument();
        int space = argument.indexOf(' ');
        Set<Fact> chosen = space < 0 ? Set.of() : Fact.parse(argument.substring(space + 1));
        ChosenFacts.set(session, chosen);
        String confirmed = chosen.isEmpty() ? "MLST OPTS" : "MLST OPTS " + Fact.list(chosen);
        Replies.say(session, FtpReply.REPLY_200_COMMAND_OKAY, confirmed);
    }
}
