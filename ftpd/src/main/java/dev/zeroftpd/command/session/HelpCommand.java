package dev.zeroftpd.command.session;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.verb.Verb;
import dev.zeroftpd.command.verb.Verbs;
import java.util.Locale;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * HELP (RFC 959, section 4.1.3): lists all verbs, or says how one is written, what stands behind it (SITE, OPTS), or why it
 * is not offered. Never blocks.
 */
public final class HelpCommand implements Command {

    /** As many of the longest verbs fit into one line of a terminal. */
    private static final int VERBS_A_LINE = 9;

    private final Verbs verbs;

    public HelpCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        if (!request.hasArgument()) {
            Replies.say(session, FtpReply.REPLY_214_HELP_MESSAGE, allVerbs());
            return;
        }
        String verb = request.getArgument().strip().toUpperCase(Locale.ROOT);
        verbs.find(verb)
                .map(found -> about(found, verb))
                .ifPresentOrElse(
                        text -> Replies.say(session, FtpReply.REPLY_214_HELP_MESSAGE, text),
                        () -> Replies.say(
                                session,
                                FtpReply.REPLY_502_COMMAND_NOT_IMPLEMENTED,
                                "There is no command of that name."));
    }

    private String about(Verb verb, String name) {
        if (verb.rules().passesOn()) {
            return SiteHelp.behind(verb.name(), verbs);
        }
        return verb.refusal().map(why -> "Not offered: " + why).orElseGet(() -> "Syntax: " + verb.syntax(name));
    }

    private String allVerbs() {
        StringBuilder text = new StringBuilder("Commands:");
        int column = 0;
        for (String verb : verbs.offered()) {
            text.append(column % VERBS_A_LINE == 0 ? "\n " : " ").append(verb);
            column++;
        }
        return text.append("\nHELP and a command tells more.").toString();
    }
}
