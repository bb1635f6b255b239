package dev.zeroftpd.command.login;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.SessionEvents;
import dev.zeroftpd.control.ban.BanOrigin;
import dev.zeroftpd.control.ban.Bans;
import dev.zeroftpd.control.ban.Guesses;
import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.storage.ftplet.FencedHomeException;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.AccountUserManager;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.impl.ServerFtpStatistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows from a verified or refused password. Runs on the session's mailbox.
 *
 * @param leavesWith530 whether the last failed login that is allowed gets the same reply as those before it, not 421
 */
record Login(FtpIoSession session, FtpServerContext context, String name, boolean leavesWith530) {

    private static final Logger LOG = LoggerFactory.getLogger(Login.class);

    private static final String BANNED = "Too many failed logins from your address, try again later.";

    /** Refuses to look at the password: its client is banned. */
    void refuse() {
        session.setUserArgument(null);
        SessionEvents.loginFailed(session, name, "banned", BANNED);
        UserCommand.refuse(session, BANNED);
    }

    /** Who logs in; empty where the address is none of the Internet. */
    Optional<Guesses.Client> client() {
        return session.getRemoteAddress() instanceof InetSocketAddress from
                ? Optional.of(new Guesses.Client(
                        from.getAddress(),
                        ControlConnection.of(session).probation().from()))
                : Optional.empty();
    }

    /** Doesn't look at the password of a client that has left. */
    void drop() {
        String why = "Too busy for clients that have left.";
        SessionEvents.loginFailed(session, name, "busy", why);
        UserCommand.refuse(session, why);
    }

    void succeed(User user) {
        noteRightPassword();
        FileSystemView home;
        try {
            home = reached(context.getFileSystemManager().createFileSystemView(user));
        } catch (FtpException e) {
            LOG.warn("{} can't log in: {}", LogText.escape(name), e.getMessage());
            SessionEvents.loginFailed(session, name, "home", "the home directory is not available");
            Replies.say(
                    session,
                    FtpReply.REPLY_530_NOT_LOGGED_IN,
                    e instanceof FencedHomeException
                            ? "The server can't open this home directory until it is restarted; ask the"
                                    + " administrator."
                            : "The home directory is not available; ask the administrator.");
            return;
        }
        Optional<String> refusal = enter(user, home);
        if (refusal.isPresent()) {
            home.dispose();
            UserCommand.refuse(session, name, refusal.get());
            return;
        }
        SessionEvents.publish(session, EventKind.LOGIN, Event.Deed.NONE, Ending.DONE);
        // after the login can be seen: an operator who shuts out an account or address ends what can be seen then
        if (isShutOut(user)) {
            UserCommand.refuse(session, "Ended by the administrator.");
            return;
        }
        String welcome = ControlConnection.of(session).banners().welcome().orElse("Logged in.");
        Replies.say(session, FtpReply.REPLY_230_USER_LOGGED_IN, welcome);
    }

    /** Whether its account or address was shut out while the password was being verified. */
    private boolean isShutOut(User user) {
        boolean disabled = context.getUserManager() instanceof AccountUserManager ours
                && ours.accounts()
                        .find(user.getName())
                        .filter(Account::getEnabled)
                        .isEmpty();
        Bans bans = ControlConnection.of(session).guesses().bans();
        return disabled
                || client().flatMap(from -> bans.originOfBan(from.address()))
                        .filter(BanOrigin.OPERATOR::equals)
                        .isPresent();
    }

    /** Broken uploads belong to the account and the address. */
    private FileSystemView reached(FileSystemView home) {
        return home instanceof SessionFileSystem ours && session.getRemoteAddress() instanceof InetSocketAddress from
                ? ours.forClientAt(from.getAddress())
                : home;
    }

    /** Checking the limit and logging in are one step, so that simultaneous logins can't exceed it together. */
    private Optional<String> enter(User user, FileSystemView home) {
        ServerFtpStatistics statistics = statistics();
        synchronized (statistics) {
            Optional<String> refusal = LoginLimit.refusal(session, context, user);
            if (refusal.isEmpty()) {
                session.setUser(user);
                session.setUserArgument(null);
                session.setMaxIdleTime(user.getMaxIdleTime());
                session.setLogin(home);
                statistics.setLogin(session);
                ControlConnection.of(session).probation().end();
            }
            return refusal;
        }
    }

    /** Also where the account has too many sessions, or its home is missing: its client is no stranger. */
    private void noteRightPassword() {
        ControlConnection connection = ControlConnection.of(session);
        if (!name.equals(UserManager.ANONYMOUS)) {
            connection.guesses().succeeded(connection.probation().from(), name);
        }
    }

    /** Why a password led to no log-in: for the log only, the reply doesn't tell. */
    enum Failure {
        WRONG("password", "wrong name or password"),
        DISABLED("disabled", "the account is disabled");

        private final String reason;
        private final String detail;

        Failure(String reason, String detail) {
            this.reason = reason;
            this.detail = detail;
        }
    }

    /** @param banned whether the client's address has been banned for it */
    void fail(Failure failure, boolean banned) {
        session.setUserArgument(null);
        session.increaseFailedLogins();
        statistics().setLoginFail(session);
        SessionEvents.loginFailed(session, name, failure.reason, failure.detail);
        int most = context.getConnectionConfig().getMaxLoginFailures();
        if (banned) {
            UserCommand.refuse(session, BANNED);
            return;
        }
        boolean wasLast = most > 0 && session.getFailedLogins() >= most;
        if (wasLast && !leavesWith530) {
            UserCommand.refuse(session, "Too many failed logins.");
            return;
        }
        Replies.say(session, FtpReply.REPLY_530_NOT_LOGGED_IN, "Login incorrect.");
        if (wasLast) {
            ControlConnection.of(session).closeAfterReplies();
        }
    }

    private ServerFtpStatistics statistics() {
        return (ServerFtpStatistics) context.getFtpStatistics();
    }
}
