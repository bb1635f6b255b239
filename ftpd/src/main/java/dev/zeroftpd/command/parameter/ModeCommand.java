package dev.zeroftpd.command.parameter;

import dev.zeroftpd.command.reply.Replies;
import java.util.Locale;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * MODE (RFC 959, section 3.4): S, and Z, which compresses (draft-preston-ftpext-deflate). Never blocks.
 */
public final class ModeCommand implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        String mode = request.hasArgument() ? request.getArgument().strip().toUpperCase(Locale.ROOT) : "";
        switch (mode) {
            case "S" -> {
                session.getDataConnection().setZipMode(false);
                Replies.okay(session, "Mode is stream.");
            }
            case "Z" -> {
                session.getDataConnection().setZipMode(true);
                Replies.okay(session, "Mode is deflate.");
            }
            case "" -> Replies.badArgument(session, "MODE takes S or Z.");
            default -> Replies.notOffered(session, "Only MODE S and Z.");
        }
    }
}
