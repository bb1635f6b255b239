package dev.zeroftpd.command;

import java.util.Locale;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** OPTS UTF8: names are UTF-8 anyhow (RFC 2640), and can't be anything else. Never blocks. */
final class OptsUtf8 implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        String[] words = request.getArgument().strip().toUpperCase(Locale.ROOT).split(" +", -1);
        if (words.length == 1 || words[1].equals("ON") || words[1].equals("NLST")) {
            Replies.okay(session, "UTF-8 is always on.");
        } else {
            Replies.notOffered(session, "UTF-8 is always on.");
        }
    }
}
