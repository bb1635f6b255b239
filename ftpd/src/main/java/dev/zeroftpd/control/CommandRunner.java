package dev.zeroftpd.control;

import dev.zeroftpd.control.reply.AnsweringSession;
import dev.zeroftpd.control.reply.Reply;
import dev.zeroftpd.control.rule.CommandRules;
import dev.zeroftpd.control.rule.LoginGate;
import dev.zeroftpd.dataconnection.SessionDataConnection;
import dev.zeroftpd.ops.FewLines;
import java.io.IOException;
import java.util.function.ObjIntConsumer;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.Ftplet;
import org.apache.ftpserver.ftplet.FtpletResult;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.ssl.SslFilter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Runs one command with the Ftplets around it, as Apache FtpServer does, except that the end may come later. Runs on
 * the session's mailbox; one per listener.
 */
final class CommandRunner {
    private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);

    /** Of commands that any client may repeat. */
    private static final FewLines FAULTS = FewLines.perMinute(LOG, 20).ready();

    private static final String OTHER_PROTOCOL = "This is an FTP server.";
    private static final String TOO_MUCH_NONSENSE = "Too many unknown commands.";

    /** Clients try some commands that a server may not know, but no client tries this many before it logs in. */
    private static final int MOST_NONSENSE = 10;

    private final FtpServerContext context;
    private final CommandRules rules;
    private final LoginGate gate;
    private final ObjIntConsumer<String> answered;

    CommandRunner(FtpServerContext context, CommandRules rules, boolean tlsRequired, ObjIntConsumer<String> answered) {
        this.context = context;
        this.rules = rules;
        this.answered = answered;
        this.gate = new LoginGate(rules, tlsRequired);
    }

    void run(ControlConnection connection, FtpIoSession session, FtpRequest request) {
        if (session.isClosing()) {
            return;
        }
        session.updateLastAccessTime();
        switch (gate.check(session, request)) {
            case PASS -> runBetweenFtplets(connection, session, request);
            case LOGIN_FIRST -> {
                if (command(request) == null) {
                    replyToNonsense(connection, session, Reply.unknownCommand());
                } else {
                    session.write(Reply.loginFirst());
                }
            }
            case TLS_FIRST -> {
                if (command(request) == null) {
                    replyToNonsense(connection, session, Reply.tlsFirst());
                } else {
                    session.write(Reply.tlsFirst());
                }
            }
            case NO_COMMAND -> replyToNonsense(connection, session, Reply.noCommand());
            case OTHER_PROTOCOL -> end(connection, session, OTHER_PROTOCOL);
        }
        if (!connection.isPending(session)) {
            tellAnswer(session, request);
        }
    }

    private void tellAnswer(FtpIoSession session, FtpRequest request) {
        @Nullable FtpReply last = session.getLastReply();
        answered.accept(request.getCommand(), last == null ? 0 : last.getCode());
    }

    private void runBetweenFtplets(ControlConnection connection, FtpIoSession session, FtpRequest request) {
        switch (beforeCommand(session, request)) {
            case DISCONNECT -> connection.closeAfterReplies();
            case SKIP -> LOG.debug("An Ftplet skipped {}", request.getCommand());
            case DEFAULT, NO_FTPLET -> {
                execute(connection, session, request);
                if (!connection.isPending(session)) {
                    tellRefusal(session, request);
                    afterCommand(connection, session, request);
                }
            }
        }
    }

    private void execute(ControlConnection connection, FtpIoSession session, FtpRequest request) {
        Command command = command(request);
        if (command == null) {
            session.write(Reply.unknownCommand());
            return;
        }
        boolean inClear = !session.getFilterChain().contains(SslFilter.class);
        try {
            command.execute(session, context, request);
        } catch (FtpException | IOException | RuntimeException | Error e) {
            connection.fail(session, () -> replyToFailure(session, request, e));
        }
        if (inClear && session.getFilterChain().contains(SslFilter.class)) {
            LineFilter.discard(session);
        }
    }

    private @Nullable Command command(FtpRequest request) {
        return context.getCommandFactory().getCommand(request.getCommand());
    }

    /** A stranger that goes on sending what is no command doesn't speak FTP. */
    void replyToNonsense(ControlConnection connection, FtpIoSession session, FtpReply reply) {
        if (session.isLoggedIn() || connection.countNonsense() < MOST_NONSENSE) {
            session.write(reply);
        } else {
            end(connection, session, TOO_MUCH_NONSENSE);
        }
    }

    private static void end(ControlConnection connection, FtpIoSession session, String why) {
        SessionEvents.refused(connection.events(), session, "protocol", why);
        session.write(Reply.goodbye(why));
        connection.closeAfterReplies();
    }

    /** The one place that replies to what a command threw: storage's refusals by the verb's row, the rest as failures. */
    void replyToFailure(FtpIoSession session, FtpRequest request, Throwable failure) {
        session.write(rules.refusal(request, failure).orElseGet(() -> unexpected(request, failure)));
    }

    private static FtpReply unexpected(FtpRequest request, Throwable failure) {
        switch (failure) {
            case FtpException refused -> {
                FAULTS.write(Level.WARN, () -> request.getCommand() + " failed: " + refused);
                return Reply.notTaken();
            }
            case IOException local -> FAULTS.write(Level.WARN, () -> request.getCommand() + " failed: " + local);
            default -> FAULTS.write(Level.ERROR, () -> request.getCommand() + " failed", failure);
        }
        return Reply.localError();
    }

    /** The code of the reply if storage refuses a command the file that it names. */
    int refusalCode(FtpRequest request) {
        return rules.refusalCode(request);
    }

    private FtpletResult beforeCommand(FtpIoSession session, FtpRequest request) {
        AnsweringSession.beginFtplets(session);
        try {
            FtpletResult result = context.getFtpletContainer().beforeCommand(session.getFtpletSession(), request);
            return result == null ? FtpletResult.DEFAULT : result;
        } catch (FtpException | IOException | RuntimeException e) {
            LOG.warn("An Ftplet failed before {}", request.getCommand(), e);
            return FtpletResult.DISCONNECT;
        } finally {
            AnsweringSession.endFtplets(session);
        }
    }

    /** True if Ftplets are called for each command: then even a command that never blocks may block. */
    boolean hasFtplets() {
        for (Ftplet ftplet : context.getFtpletContainer().getFtplets().values()) {
            if (!(ftplet instanceof LifeCycleFtplet)) {
                return true;
            }
        }
        return false;
    }

    boolean isLoggedIn(IoSession session) {
        return ftpSession(session).isLoggedIn();
    }

    /** The session with what Apache FtpServer keeps of it. */
    FtpIoSession ftpSession(IoSession session) {
        return new FtpIoSession(session, context);
    }

    /** Ends what a command of the embedder does with the data connection on a blocked thread. Never blocks. */
    void abortBlocking(IoSession session) {
        if (session.getAttribute(SessionDataConnection.SESSION_ATTRIBUTE) instanceof SessionDataConnection data) {
            data.abortBlocking();
        }
    }

    /**
     * Runs the last part of a command that ended later; see {@link CommandEnd}.
     *
     * @param reported whether {@code last} tells those who follow events how it ended
     */
    void finish(
            ControlConnection connection, FtpIoSession session, FtpRequest request, Runnable last, boolean reported) {
        try {
            last.run();
        } catch (RuntimeException | Error e) {
            FAULTS.write(Level.ERROR, () -> request.getCommand() + " ended without its reply", e);
            connection.fail(session, () -> replyToFailure(session, request, e));
        }
        if (!connection.isPending(session)) {
            if (!reported) {
                tellRefusal(session, request);
            }
            afterCommand(connection, session, request);
            tellAnswer(session, request);
        }
    }

    /** To be called at the end of a command, unless it has begun a transfer, which has its own report. */
    void tellRefusal(FtpIoSession session, FtpRequest request) {
        @Nullable FtpReply last = session.getLastReply();
        if (last != null && last.getCode() >= FtpReply.REPLY_421_SERVICE_NOT_AVAILABLE_CLOSING_CONTROL_CONNECTION) {
            rules.refused(session, request, last);
        }
    }

    /** The Ftplets' turn after a command's last reply. */
    private void afterCommand(ControlConnection connection, FtpIoSession session, FtpRequest request) {
        FtpletResult result;
        AnsweringSession.beginFtplets(session);
        try {
            result = context.getFtpletContainer()
                    .afterCommand(session.getFtpletSession(), request, session.getLastReply());
        } catch (FtpException | IOException | RuntimeException e) {
            LOG.warn("An Ftplet failed after {}", request.getCommand(), e);
            result = FtpletResult.DISCONNECT;
        } finally {
            AnsweringSession.endFtplets(session);
        }
        if (result == FtpletResult.DISCONNECT) {
            connection.closeAfterReplies();
        }
    }
}
