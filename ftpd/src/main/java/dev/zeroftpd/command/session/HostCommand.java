package dev.zeroftpd.command.session;

import dev.zeroftpd.command.reply.Replies;
import java.util.regex.Pattern;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * HOST (RFC 7151): the name by which the client knows the server. All names lead to the same accounts here, so every
 * well-formed one is welcome, but only before USER. Never blocks.
 */
public final class HostCommand implements Command {

    /** A domain name or an IPv4 address, or an IPv6 address in brackets. */
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252}[A-Za-z0-9_.])?|\\[[0-9A-Fa-f:.]{2,45}]");

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        if (session.isLoggedIn() || session.getUserArgument() != null) {
            Replies.badSequence(session, "HOST comes before USER.");
        } else if (!request.hasArgument()
                || !HOST.matcher(request.getArgument().strip()).matches()) {
            Replies.badArgument(session, "HOST takes a host name or an address.");
        } else {
            Replies.say(session, FtpReply.REPLY_220_SERVICE_READY, "Host accepted.");
        }
    }
}
