package dev.zeroftpd.control.reply;

import dev.zeroftpd.control.rule.CommandRules;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.mina.core.future.WriteFuture;
import org.apache.mina.core.session.IoSession;

/**
 * A session as one of its commands sees it: how its replies are put is up to the {@link CommandRules}. Used by one thread
 * at a time, the session's mailbox.
 */
public final class AnsweringSession extends FtpIoSession {

    private final FtpServerContext context;
    private final CommandRules rules;
    private final FtpRequest request;
    private boolean ftpletsTurn;

    private AnsweringSession(IoSession session, FtpServerContext context, CommandRules rules, FtpRequest request) {
        super(session, context);
        this.context = context;
        this.rules = rules;
        this.request = request;
    }

    /** The session for {@code request}: a plain one where {@code rules} put all replies as they are. */
    public static FtpIoSession of(IoSession session, FtpServerContext context, CommandRules rules, FtpRequest request) {
        return rules.putsReplies()
                ? new AnsweringSession(session, context, rules, request)
                : new FtpIoSession(session, context);
    }

    /** What Ftplets say goes out as they say it. */
    public static void beginFtplets(FtpIoSession session) {
        setFtpletsTurn(session, true);
    }

    /** The command's turn again. */
    public static void endFtplets(FtpIoSession session) {
        setFtpletsTurn(session, false);
    }

    private static void setFtpletsTurn(FtpIoSession session, boolean now) {
        if (session instanceof AnsweringSession answering) {
            answering.ftpletsTurn = now;
        }
    }

    @Override
    public WriteFuture write(Object message) {
        return super.write(
                !ftpletsTurn && message instanceof FtpReply reply ? rules.put(this, context, request, reply) : message);
    }
}
