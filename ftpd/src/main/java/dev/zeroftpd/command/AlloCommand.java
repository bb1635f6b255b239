package dev.zeroftpd.command;

import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * ALLO (RFC 959, section 4.1.3): nothing has to be reserved here, which 202 says. Never blocks.
 */
final class AlloCommand implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        String[] words = (request.hasArgument() ? request.getArgument().strip() : "").split(" ", -1);
        boolean plain = words.length == 1;
        boolean withRecords = words.length == 3 && words[1].equalsIgnoreCase("R") && Numbers.parse(words[2]) >= 0;
        if ((plain || withRecords) && Numbers.parse(words[0]) >= 0) {
            Replies.say(session, FtpReply.REPLY_202_COMMAND_NOT_IMPLEMENTED, "No need to reserve space.");
        } else {
            Replies.badArgument(session, "ALLO takes a number of bytes.");
        }
    }
}
