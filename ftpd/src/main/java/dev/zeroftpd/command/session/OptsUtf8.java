package dev.zeroftpd.command.session;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.control.SessionCharset;
import java.util.Locale;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * OPTS UTF8: names are always UTF-8 (RFC 2640), unless the listener has another charset; then the session may switch to
 * UTF-8 and back. Never blocks.
 */
public final class OptsUtf8 implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        String[] words = request.getArgument().strip().toUpperCase(Locale.ROOT).split(" +", -1);
        boolean on = words.length == 1 || words[1].equals("ON") || words[1].equals("NLST");
        SessionCharset charset = SessionCharset.of(session);
        if (!charset.isFixed()) {
            choose(session, charset, on, words);
        } else if (on) {
            Replies.okay(session, "UTF-8 is always on.");
        } else {
            Replies.notOffered(session, "UTF-8 is always on.");
        }
    }

    private static void choose(FtpIoSession session, SessionCharset charset, boolean on, String[] words) {
        if (on) {
            charset.chooseUtf8();
            Replies.okay(session, "Names are in UTF-8 now.");
        } else if (words[1].equals("OFF")) {
            charset.reset();
            Replies.okay(session, "Names are in " + charset.current().name() + " now.");
        } else {
            Replies.badArgument(session, "OPTS UTF8 takes ON or OFF.");
        }
    }
}
