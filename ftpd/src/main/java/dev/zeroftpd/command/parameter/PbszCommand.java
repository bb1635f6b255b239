package dev.zeroftpd.command.parameter;

import dev.zeroftpd.command.reply.Replies;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * PBSZ (RFC 4217): with TLS there is no buffer whose size could be agreed on, so it is 0. Never blocks.
 */
public final class PbszCommand implements Command {

    private static final String DONE = "dev.zeroftpd.pbsz";

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        if (!session.isSecure()) {
            Replies.badSequence(session, "PBSZ comes after AUTH TLS.");
        } else if (Numbers.parse(request.hasArgument() ? request.getArgument().strip() : "") < 0) {
            Replies.badArgument(session, "PBSZ takes a number, usually 0.");
        } else {
            session.setAttribute(DONE, true);
            Replies.okay(session, "PBSZ=0");
        }
    }

    /** True if PROT may come. */
    static boolean isDone(FtpIoSession session) {
        return session.containsAttribute(DONE);
    }
}
