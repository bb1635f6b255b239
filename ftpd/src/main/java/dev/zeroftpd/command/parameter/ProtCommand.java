package dev.zeroftpd.command.parameter;

import dev.zeroftpd.command.reply.Replies;
import java.util.Locale;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * PROT (RFC 4217): whether data connections are protected. Where the listener or the account requires it, they must be. Immutable; never blocks.
 */
public final class ProtCommand implements Command {

    private static final int LEVEL_NOT_SUPPORTED = 536;

    private final boolean needsPbsz;

    /** @param needsPbsz whether PBSZ must come before, as RFC 2228, section 3, has it; Apache FtpServer never asks for it */
    public ProtCommand(boolean needsPbsz) {
        this.needsPbsz = needsPbsz;
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        String level = request.hasArgument() ? request.getArgument().strip().toUpperCase(Locale.ROOT) : "";
        if (!session.isSecure()) {
            Replies.badSequence(session, "PROT comes after AUTH TLS.");
        } else if (needsPbsz && !PbszCommand.isDone(session)) {
            Replies.badSequence(session, "PROT comes after PBSZ 0.");
        } else {
            choose(session, level);
        }
    }

    private static void choose(FtpIoSession session, String level) {
        switch (level) {
            case "P" -> {
                session.getDataConnection().setSecure(true);
                Replies.okay(session, "Data connections are protected.");
            }
            case "C" -> {
                if (DataProtection.isRequired(session)) {
                    Replies.say(session, Replies.REPLY_DENIED_BY_POLICY, "PROT P is required.");
                } else {
                    session.getDataConnection().setSecure(false);
                    Replies.okay(session, "Data connections are clear.");
                }
            }
            case "S", "E" -> Replies.say(session, LEVEL_NOT_SUPPORTED, "TLS knows only PROT P and C.");
            case "" -> Replies.badArgument(session, "PROT takes P or C.");
            default -> Replies.notOffered(session, "Only PROT P and C.");
        }
    }
}
