package dev.zeroftpd.control;

import dev.zeroftpd.control.rule.LoginGate;
import dev.zeroftpd.dataconnection.SessionDataConnection;
import java.io.IOException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
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

/**
 * Runs one command with the Ftplets around it, as Apache FtpServer does, except that the end may come later. Runs on
 * the session's mailbox; one per listener.
 */
final class CommandRunner {
    private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);

    private static final String LOCAL_ERROR = "Requested action aborted: local error in processing.";
    private static final String TLS_FIRST = "This server requires TLS: send AUTH TLS first.";
    private static final String LOGIN_FIRST = "Log in first, with USER and PASS.";
    private static final String UNKNOWN = "Unknown command; HELP lists those that are known.";
    private static final String OTHER_PROTOCOL = "This is an FTP server.";
    private static final String TOO_MUCH_NONSENSE = "Too many unknown commands.";

    /** Clients try some commands that a server may not know, but no client tries this many before it logs in. */
    private static final int MOST_NONSENSE = 10;

    private static final String NO_COMMAND = "A line must begin with a command.";

    private final FtpServerContext context;
    private final LoginGate gate;

    CommandRunner(FtpServerContext context, LoginGate gate) {
        this.context = context;
        this.gate = gate;
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
                    replyToNonsense(connection, session, unknown());
                } else {
                    session.write(new DefaultFtpReply(FtpReply.REPLY_530_NOT_LOGGED_IN, LOGIN_FIRST));
                }
            }
            case TLS_FIRST -> session.write(new DefaultFtpReply(FtpReply.REPLY_530_NOT_LOGGED_IN, TLS_FIRST));
            case NO_COMMAND ->
                replyToNonsense(
                        connection,
                        session,
                        new DefaultFtpReply(FtpReply.REPLY_500_SYNTAX_ERROR_COMMAND_UNRECOGNIZED, NO_COMMAND));
            case OTHER_PROTOCOL -> end(connection, session, OTHER_PROTOCOL);
        }
    }

    private void runBetweenFtplets(ControlConnection connection, FtpIoSession session, FtpRequest request) {
        switch (beforeCommand(session, request)) {
            case DISCONNECT -> connection.closeAfterReplies();
            case SKIP -> LOG.debug("An Ftplet skipped {}", request.getCommand());
            case DEFAULT, NO_FTPLET -> {
                execute(connection, session, request);
                if (!connection.isPending(session)) {
                    afterCommand(connection, session, request);
                }
            }
        }
    }

    private void execute(ControlConnection connection, FtpIoSession session, FtpRequest request) {
        Command command = command(request);
        if (command == null) {
            session.write(unknown());
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

    /** What the client sent is not echoed: it may be anything. */
    private static FtpReply unknown() {
        return new DefaultFtpReply(FtpReply.REPLY_500_SYNTAX_ERROR_COMMAND_UNRECOGNIZED, UNKNOWN);
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
        session.write(new DefaultFtpReply(FtpReply.REPLY_421_SERVICE_NOT_AVAILABLE_CLOSING_CONTROL_CONNECTION, why));
        connection.closeAfterReplies();
    }

    /** Reports that a command failed unexpectedly. */
    void replyToFailure(FtpIoSession session, FtpRequest request, Throwable failure) {
        switch (failure) {
            case FtpException refused -> {
                LOG.warn("{} failed: {}", request.getCommand(), refused.toString());
                session.write(new DefaultFtpReply(
                        FtpReply.REPLY_550_REQUESTED_ACTION_NOT_TAKEN, "Requested action not taken."));
            }
            case IOException local -> {
                LOG.warn("{} failed: {}", request.getCommand(), local.toString());
                session.write(new DefaultFtpReply(FtpReply.REPLY_451_REQUESTED_ACTION_ABORTED, LOCAL_ERROR));
            }
            default -> {
                LOG.error("{} failed", request.getCommand(), failure);
                session.write(new DefaultFtpReply(FtpReply.REPLY_451_REQUESTED_ACTION_ABORTED, LOCAL_ERROR));
            }
        }
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
        return new FtpIoSession(session, context).isLoggedIn();
    }

    /** Ends what a command of the embedder does with the data connection on a blocked thread. Never blocks. */
    void abortBlocking(IoSession session) {
        if (session.getAttribute(SessionDataConnection.SESSION_ATTRIBUTE) instanceof SessionDataConnection data) {
            data.abortBlocking();
        }
    }

    /** The Ftplets' turn after a command's last reply. */
    void afterCommand(ControlConnection connection, FtpIoSession session, FtpRequest request) {
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
