package dev.zeroftpd.command.login;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.users.Account;
import java.util.Optional;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * USER (RFC 959, section 4.1.1). Within a session it ends the login and begins a new one. Never blocks.
 *
 * <p>The reply is the same for every name, known or not, so that clients can't find out which accounts exist; but for the account
 * that the client's certificate stands for, which is logged in at once (RFC 4217, section 12.3).
 */
public final class UserCommand implements Command {

    /** "User logged in, authorized by security data exchange" (RFC 2228, section 5). */
    private static final int LOGGED_IN = 232;

    private final HomeLeaving homes;

    public UserCommand(HomeLeaving homes) {
        this.homes = homes;
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        String name = request.getArgument();
        if (name == null) {
            Replies.say(session, FtpReply.REPLY_501_SYNTAX_ERROR_IN_PARAMETERS_OR_ARGUMENTS, "USER needs a name.");
            return;
        }
        homes.logOut(session);
        boolean anonymous = UserManager.ANONYMOUS.equals(name);
        if (anonymous && !context.getConnectionConfig().isAnonymousLoginEnabled()) {
            LoginEvents.failed(session, name, "anonymous", "anonymous login is switched off");
            Replies.say(session, FtpReply.REPLY_530_NOT_LOGGED_IN, "Anonymous login is switched off.");
            return;
        }
        Optional<String> refusal = LoginLimit.refusal(session, context, name);
        if (refusal.isPresent()) {
            refuse(session, name, refusal.get());
            return;
        }
        session.setUserArgument(name);
        Login login = new Login(session, context, name, false);
        Optional<Account> proven = login.provenByCertificate().filter(_ -> !login.isForbidden());
        if (proven.isPresent()) {
            // opening a home may take time, and this may be a thread that others wait for
            ControlConnection.of(session).defer(session, request).finish(() -> login.succeed(proven.get(), LOGGED_IN));
            return;
        }
        Replies.say(
                session,
                FtpReply.REPLY_331_USER_NAME_OKAY_NEED_PASSWORD,
                anonymous ? "Anonymous login: give your e-mail address as password." : "Password, please.");
    }

    /** 421 and the end of the connection: the client should come again later. */
    static void refuse(FtpIoSession session, String why) {
        Replies.say(session, FtpReply.REPLY_421_SERVICE_NOT_AVAILABLE_CLOSING_CONTROL_CONNECTION, why);
        ControlConnection.of(session).closeAfterReplies();
    }

    /** The same because of a limit. */
    static void refuse(FtpIoSession session, String name, String why) {
        LoginEvents.failed(session, name, "limit", why);
        refuse(session, why);
    }
}
