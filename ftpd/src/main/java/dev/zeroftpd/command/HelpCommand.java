package dev.zeroftpd.command;

import java.util.Locale;
import java.util.Optional;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** HELP (RFC 959, section 4.1.3): all verbs, or how one is written. Never blocks. */
final class HelpCommand implements Command {

    /** A line of a terminal holds so many of the longest verbs. */
    private static final int VERBS_A_LINE = 9;

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        if (!request.hasArgument()) {
            Replies.say(session, FtpReply.REPLY_214_HELP_MESSAGE, allVerbs());
            return;
        }
        String verb = request.getArgument().strip().toUpperCase(Locale.ROOT);
        Optional<String> syntax = CommandSyntax.COMMANDS.of(verb);
        if (syntax.isPresent()) {
            Replies.say(session, FtpReply.REPLY_214_HELP_MESSAGE, "Syntax: " + syntax.get());
        } else {
            Replies.say(session, FtpReply.REPLY_502_COMMAND_NOT_IMPLEMENTED, "There is no command of that name.");
        }
    }

    private static String allVerbs() {
        StringBuilder text = new StringBuilder("Commands:");
        int column = 0;
        for (String verb : CommandSyntax.COMMANDS.verbs()) {
            text.append(column % VERBS_A_LINE == 0 ? "\n " : " ").append(verb);
            column++;
        }
        return text.append("\nHELP and a command tells more.").toString();
    }
}
