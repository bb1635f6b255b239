package dev.zeroftpd.command.reply;

import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** A command whose reply never varies. Immutable; never blocks. */
public record FixedReply(int code, String text) implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        Replies.say(session, code, text);
    }
}
