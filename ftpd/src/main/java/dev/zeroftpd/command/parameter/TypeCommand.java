package dev.zeroftpd.command.parameter;

import dev.zeroftpd.command.reply.Replies;
import java.util.Locale;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * TYPE (RFC 959, section 3.1.1): A and A N; A T, which is the same here (RFC 1123, section 4.1.2.2); I; and L 8, which is
 * I on machines with bytes of eight bits (RFC 1123, section 4.1.2.1). Never blocks. It keeps what REST said, unlike the stock command.
 */
public final class TypeCommand implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        String type = request.hasArgument() ? request.getArgument().strip().toUpperCase(Locale.ROOT) : "";
        switch (type) {
            case "A", "A N", "A T" -> {
                session.setDataType(DataType.ASCII);
                Replies.okay(session, "Type is ASCII.");
            }
            case "I", "L 8" -> {
                session.setDataType(DataType.BINARY);
                Replies.okay(session, "Type is image.");
            }
            case "" -> Replies.badArgument(session, "TYPE takes A, I or L 8.");
            default -> Replies.notOffered(session, "Only TYPE A, I and L 8.");
        }
    }
}
