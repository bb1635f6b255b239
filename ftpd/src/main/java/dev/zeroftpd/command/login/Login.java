package dev.zeroftpd.command.login;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.SessionEvents;
import dev.zeroftpd.control.ban.BanOrigin;
import dev.zeroftpd.control.ban.Bans;
import dev.zeroftpd.control.ban.Guesses;
import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.storage.ftplet.FencedHomeException;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.AccountUserManager;
import dev.zeroftpd.users.limit.LoginRules;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.impl.ServerFtpStatistics;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What follows from a verified or refused password. Runs on the session's mailbox.
 *
 * @param leavesWith530 whether the last failed login that is allowed gets the same reply as those before it, not 421
 */
record Login(FtpIoSession session, FtpServerContext context, String name, boolean leavesWith530) {

    private static final FewLines NO_HOME = FewLines.perMinute(LoggerFactory.getLogger(Login.class), 20);

    private static final String BANNED = "Too many failed logins from your address, try again later.";

    private static final String AWAY = "Passwords can't be verified at the moment, try again later.";

    /** Refuses to look at the password: its client is banned. */
    void refuse() {
        session.setUserArgument(null);
        LoginEvents.failed(session, name, "banned", BANNED);
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
        LoginEvents.failed(session, name, "busy", why);
        UserCommand.refuse(session, why);
    }

    /** What the client has proven by its certificate. */
    CertificateProof certificate() {
        return new CertificateProof(session, context, name);
    }

    /**
     * The account that the certificate of the client stands for, where no password is needed too.
     *
     * <p>Empty also where this client may not use the account now: then it gets the answers of those who can prove nothing.
     */
    Optional<Account> provenByCertificate() {
        return certificate().account().filter(this::lets);
    }

    /** Whether a ban, or what asks for one, keeps it from being looked at. */
    boolean isForbidden() {
        Guesses guesses = ControlConnection.of(session).guesses();
        return client().filter(client -> guesses.bans().isBanned(client.address()) || guesses.isBait(name))
                .isPresent();
    }

    void succeed(User user) {
        succeed(user, FtpReply.REPLY_230_USER_LOGGED_IN);
    }

    /** @param reply the code of the reply to the command that has logged in */
    void succeed(User user, int reply) {
        noteRightPassword();
        FileSystemView home;
        try {
            home = reached(context.getFileSystemManager().createFileSystemView(user));
        } catch (FtpException e) {
            NO_HOME.write(Level.WARN, () -> LogText.escape(name) + " can't log in: " + e.getMessage());
            LoginEvents.failed(session, name, "home", "the home directory is not available");
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
        // after the login can be seen: an operator who shuts out an account or address ends what can be seen then
        Optional<Failure> shutOut = shutOut(user);
        if (shutOut.isPresent()) {
            takeBack(home);
            tellFailure(shutOut.get());
            UserCommand.refuse(session, "Ended by the administrator.");
            return;
        }
        SessionEvents.publish(
                session,
                EventKind.LOGIN,
                Event.Deed.NONE,
                new Ending.Done(certificate().words(user)));
        String welcome = ControlConnection.of(session).banners().welcome().orElse("Logged in.");
        Replies.say(session, reply, welcome);
    }

    /** How its account or address was shut out while the password was being verified, if it was. */
    private Optional<Failure> shutOut(User user) {
        if (context.getUserManager() instanceof AccountUserManager ours) {
            Optional<Failure> edited = ours.look(accounts -> edited(user, accounts.find(user.getName())));
            if (edited.isPresent()) {
                return edited;
            }
        }
        Bans bans = ControlConnection.of(session).guesses().bans();
        return client().flatMap(from -> bans.originOfBan(from.address()))
                .filter(BanOrigin.OPERATOR::equals)
                .map(_ -> Failure.BANNED);
    }

    /** What keeps the account out that was edited while its password was verified, if anything does; else its edit holds. */
    private Optional<Failure> edited(User verified, Optional<Account> now) {
        if (now.isEmpty()) {
            return Optional.of(Failure.DISABLED);
        }
        if (!now.get().getHomeDirectory().equals(verified.getHomeDirectory())) {
            return Optional.of(Failure.MOVED);
        }
        Optional<Failure> barred = reasonToBar(now.get());
        if (barred.isEmpty() && session.getFileSystemView() instanceof SessionFileSystem home) {
            home.use(now.get());
        }
        return barred;
    }

    /** The client has heard nothing of its log-in, and nothing tells of its end. */
    private void takeBack(FileSystemView home) {
        session.reinitialize();
        home.dispose();
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
        DISABLED("disabled", "the account is disabled"),
        EXPIRED("expired", "the account has expired"),
        ADDRESS("address", "the account can't be used from this address"),
        CLEAR("tls", "the account needs TLS"),
        CERTIFICATE("certificate", "the client has not shown the account's certificate"),
        UNUSABLE("account", "what is said of the account elsewhere can't be used"),
        UNKNOWN("unavailable", "there was no answer about an account from elsewhere"),
        MOVED("home", "the account got another home directory meanwhile"),
        BANNED("banned", "the operator has banned the address");

        private final String reason;
        private final String detail;

        Failure(String reason, String detail) {
            this.reason = reason;
            this.detail = detail;
        }
    }

    /** Whether this client may use the account now, if its password is right. */
    boolean lets(User user) {
        return reasonToBar(user).isEmpty();
    }

    /** Why the account can't be used now, by this client, whatever its password is. */
    Optional<Failure> reasonToBar(User user) {
        if (user instanceof Account ours && certificate().isLackingFor(ours)) {
            return Optional.of(Failure.CERTIFICATE);
        }
        if (!user.getEnabled()) {
            return Optional.of(Failure.DISABLED);
        }
        if (!(user instanceof Account account)) {
            return Optional.empty();
        }
        LoginRules rules = account.rules();
        if (rules.isExpiredAt(Instant.now())) {
            return Optional.of(Failure.EXPIRED);
        }
        boolean fromElsewhere =
                session.getRemoteAddress() instanceof InetSocketAddress from && !rules.allowsFrom(from.getAddress());
        if (fromElsewhere) {
            return Optional.of(Failure.ADDRESS);
        }
        return rules.tlsRequired() && !session.isSecure() ? Optional.of(Failure.CLEAR) : Optional.empty();
    }

    /** @param banned whether the client's address has been banned for it */
    void fail(Failure failure, boolean banned) {
        session.setUserArgument(null);
        session.increaseFailedLogins();
        statistics().setLoginFail(session);
        tellFailure(failure);
        int most = context.getConnectionConfig().getMaxLoginFailures();
        if (banned) {
            UserCommand.refuse(session, BANNED);
            return;
        }
        // also where the file has the account: else it would show now which names those are
        if (failure == Failure.UNKNOWN || isSourceAway()) {
            UserCommand.refuse(session, AWAY);
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

    /** Whether the source of the accounts that the file doesn't have gives no answers. */
    boolean isSourceAway() {
        return context.getUserManager() instanceof AccountUserManager ours
                && ours.elsewhere().isAway();
    }

    private void tellFailure(Failure failure) {
        LoginEvents.failed(session, name, failure.reason, failure.detail);
    }

    private ServerFtpStatistics statistics() {
        return (ServerFtpStatistics) context.getFtpStatistics();
    }
}
