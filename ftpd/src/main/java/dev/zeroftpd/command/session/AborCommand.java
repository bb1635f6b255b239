package dev.zeroftpd.command.session;

import dev.zeroftpd.command.reply.Replies;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * ABOR's reply (RFC 959, section 4.1.3). The aborting itself happened when the line arrived; this runs in the command's
 * turn, when the transfer has ended and had its own reply.
 */
public final class AborCommand implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        session.resetState();
        session.getDataConnection().closeDataConnection();
        Replies.say(session, FtpReply.REPLY_226_CLOSING_DATA_CONNECTION, "Abort done; no transfer is running.");
    }
}
