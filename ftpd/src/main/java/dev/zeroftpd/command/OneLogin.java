package dev.zeroftpd.command;

import dev.zeroftpd.command.reply.Replies;
import java.io.IOException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * USER of an embedded server: as in Apache FtpServer, a session that has logged in keeps its account until REIN or QUIT,
 * which RFC 959, section 4.1.1, leaves to the server. Immutable; any thread.
 *
 * @param user answers USER before the login
 */
record OneLogin(Command user) implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
            throws IOException, FtpException {
        if (!session.isLoggedIn() || !request.hasArgument()) {
            user.execute(session, context, request);
        } else if (request.getArgument().equals(session.getUser().getName())) {
            Replies.say(session, FtpReply.REPLY_230_USER_LOGGED_IN, "Already logged in.");
        } else {
            Replies.say(session, FtpReply.REPLY_530_NOT_LOGGED_IN, "Logged in under another name; send REIN first.");
        }
    }
}
