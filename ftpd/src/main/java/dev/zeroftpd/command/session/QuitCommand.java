package dev.zeroftpd.command.session;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.control.ControlConnection;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * QUIT (RFC 959 section 4.1.1). A transfer ends before it, as the RFC demands, because the mailbox runs it in its turn.
 * Stateless; never blocks, while the stock command waits until the client has read the reply.
 */
public final class QuitCommand implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        // A passive port that no transfer used is free when the client hears goodbye: its next session may want it.
        session.getDataConnection().closeDataConnection();
        Replies.say(session, FtpReply.REPLY_221_CLOSING_CONTROL_CONNECTION, "Goodbye.");
        ControlConnection.of(session).closeAfterReplies();
    }
}
