package dev.zeroftpd.command;

import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** SITE HELP: what SITE knows. Never blocks. */
final class SiteHelp implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        StringBuilder text = new StringBuilder("SITE commands:");
        CommandSyntax.SITE.lines().forEach(line -> text.append("\n ").append(line));
        Replies.say(
                session, FtpReply.REPLY_214_HELP_MESSAGE, text.append("\nEnd.").toString());
    }
}
