package dev.zeroftpd.command.session;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.verb.Verbs;
import java.util.stream.Collectors;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** SITE HELP: what SITE knows. Never blocks. */
public final class SiteHelp implements Command {

    private final Verbs verbs;

    public SiteHelp(Verbs verbs) {
        this.verbs = verbs;
    }

    /** All that stands behind a verb that passes on. */
    static String behind(String passingOn, Verbs verbs) {
        return verbs.syntaxBehind(passingOn).stream()
                .collect(Collectors.joining("\n ", passingOn + " commands:\n ", "\nEnd."));
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        Replies.say(session, FtpReply.REPLY_214_HELP_MESSAGE, behind("SITE", verbs));
    }
}
