package dev.zeroftpd.command.parameter;

import dev.zeroftpd.command.reply.Replies;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * REST (RFC 3659, section 5): where the next RETR or STOR begins. It holds until a transfer uses it, whatever commands
 * come in between. Never blocks.
 */
public final class RestCommand implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        long offset =
                Numbers.parse(request.hasArgument() ? request.getArgument().strip() : "");
        if (offset < 0) {
            Replies.badArgument(session, "REST takes a number of bytes.");
            return;
        }
        OctetRange.clear(session);
        session.setFileOffset(offset);
        Replies.say(
                session,
                FtpReply.REPLY_350_REQUESTED_FILE_ACTION_PENDING_FURTHER_INFORMATION,
                "The next transfer begins at " + offset + ".");
    }
}
