package dev.zeroftpd.control;

import dev.zeroftpd.control.mailbox.Letter;
import dev.zeroftpd.control.reply.Banners;
import dev.zeroftpd.control.reply.Reply;
import dev.zeroftpd.control.rule.CommandRules;
import dev.zeroftpd.control.rule.Conduct;
import dev.zeroftpd.ops.FewLines;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpletResult;
import org.apache.ftpserver.impl.DefaultFtpHandler;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.impl.LocalizedFtpReply;
import org.apache.mina.core.write.WriteToClosedSessionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Turns a session's events into letters for its mailbox, so that nothing that may block runs on an I/O thread. One per
 * listener; called by I/O threads.
 */
final class ControlHandler extends DefaultFtpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ControlHandler.class);

    private static final FewLines FAULTS = FewLines.perMinute(LOG, 20);

    private final FtpServerContext context;
    private final CommandRunner runner;
    private final CommandRules rules;
    private final Banners banners;

    ControlHandler(FtpServerContext context, CommandRunner runner, CommandRules rules, Banners banners) {
        this.context = context;
        this.runner = runner;
        this.rules = rules;
        this.banners = banners;
    }

    @Override
    public void sessionOpened(FtpIoSession session) {
        ControlConnection connection = ControlConnection.of(session);
        connection
                .mailbox()
                .offer(new Letter(
                        () -> greet(connection, session), runner.hasFtplets() ? Conduct.ORDINARY : Conduct.QUICK));
    }

    private void greet(ControlConnection connection, FtpIoSession session) {
        FtpletResult result;
        try {
            result = context.getFtpletContainer().onConnect(session.getFtpletSession());
        } catch (Exception e) {
            LOG.warn("An Ftplet failed when a client connected", e);
            result = FtpletResult.DISCONNECT;
        }
        if (result == FtpletResult.DISCONNECT) {
            connection.closeAfterReplies();
        } else {
            session.updateLastAccessTime();
            session.write(banners.greeting()
                    .map(text -> Reply.of(FtpReply.REPLY_220_SERVICE_READY, text))
                    .orElseGet(() -> LocalizedFtpReply.translate(
                            session, null, context, FtpReply.REPLY_220_SERVICE_READY, null, null)));
        }
    }

    @Override
    public void messageReceived(FtpIoSession session, FtpRequest request) {
        ControlConnection connection = ControlConnection.of(session);
        Conduct conduct = conduct(request);
        Letter letter = new Letter(
                () -> runner.run(connection, session, request),
                conduct,
                request.getRequestLine().length());
        if (conduct == Conduct.ABORT) {
            connection.abort(letter);
        } else {
            connection.mailbox().offer(letter);
        }
    }

    /** A malformed line gets its reply in its turn, as a command does. */
    void badLine(FtpIoSession session, FtpReply reply) {
        ControlConnection connection = ControlConnection.of(session);
        connection.mailbox().offer(new Letter(() -> runner.replyToNonsense(connection, session, reply), Conduct.QUICK));
    }

    private Conduct conduct(FtpRequest request) {
        Conduct conduct = rules.conduct(request);
        return runner.hasFtplets() ? conduct.blocking() : conduct;
    }

    @Override
    public void exceptionCaught(FtpIoSession session, Throwable cause) {
        switch (cause) {
            case WriteToClosedSessionException gone ->
                LOG.debug("{} left before it had all replies", session.getRemoteAddress(), gone);
            case SSLException peer -> LOG.debug("TLS with {} failed", session.getRemoteAddress(), peer);
            case IOException peer -> LOG.debug("{} is gone", session.getRemoteAddress(), peer);
            default -> FAULTS.write(Level.ERROR, () -> "Closing session of " + session.getRemoteAddress(), cause);
        }
        session.closeNow();
    }
}
