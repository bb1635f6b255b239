package dev.zeroftpd.command.session;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.verb.Verbs;
import java.util.stream.Collectors;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * FEAT (RFC 2389, section 3): what this session can use beyond RFC 959, given the listener's configuration and the
 * session's choices. Never blocks.
 */
public final class FeatCommand implements Command {

    private final Verbs verbs;

    public FeatCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        String features = verbs.features(session).stream().collect(Collectors.joining("\n ", "Features:\n ", "\nEnd."));
        Replies.say(session, FtpReply.REPLY_211_SYSTEM_STATUS_REPLY, features);
    }
}
