package dev.zeroftpd.command.parameter;

import dev.zeroftpd.command.reply.Replies;
import java.util.Locale;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.Structure;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * STRU (RFC 959, section 3.1.2). Records are for hosts whose file systems have them (RFC 1123, section 4.1.2.13), and
 * no host has pages any more. Never blocks.
 */
public final class StruCommand implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        String structure = request.hasArgument() ? request.getArgument().strip().toUpperCase(Locale.ROOT) : "";
        switch (structure) {
            case "F" -> {
                session.setStructure(Structure.FILE);
                Replies.okay(session, "Structure is file.");
            }
            case "" -> Replies.badArgument(session, "STRU takes F.");
            case "R" -> Replies.notOffered(session, "Files have no records here: only STRU F.");
            default -> Replies.notOffered(session, "Only STRU F.");
        }
    }
}
