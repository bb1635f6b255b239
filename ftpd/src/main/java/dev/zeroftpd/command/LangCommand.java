package dev.zeroftpd.command;

import java.util.Locale;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** LANG (RFC 2640, section 4.1). Replies are in English, the default of the RFC. Never blocks. */
final class LangCommand implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        String language = request.hasArgument() ? request.getArgument().strip().toLowerCase(Locale.ROOT) : "en";
        if (language.equals("en") || language.startsWith("en-")) {
            session.setLanguage("en");
            Replies.okay(session, "Replies are in English.");
        } else {
            Replies.notOffered(session, "Replies are in English only.");
        }
    }
}
