package dev.zeroftpd.command.session;

import dev.zeroftpd.command.login.HomeLeaving;
import dev.zeroftpd.command.reply.Replies;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * REIN (RFC 959, section 4.1.1): the session is as it was after the greeting, except that TLS on the control connection
 * stays. Stateless; runs on the session's mailbox.
 */
public final class ReinCommand implements Command {

    private final HomeLeaving homes;

    public ReinCommand(HomeLeaving homes) {
        this.homes = homes;
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        homes.logOut(session);
        SessionReset.apply(session);
        Replies.say(session, FtpReply.REPLY_220_SERVICE_READY, "Ready for a new user.");
    }
}
