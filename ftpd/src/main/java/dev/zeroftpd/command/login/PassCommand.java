package dev.zeroftpd.command.login;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.Deferred;
import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.control.ban.Guesses;
import dev.zeroftpd.users.AccountUserManager;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.Authentication;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.usermanager.AnonymousAuthentication;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;
import org.apache.ftpserver.usermanager.impl.UserMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PASS (RFC 959, section 4.1.1). A password whose hash is costly is verified on a pool of its own while the session
 * waits; a failed login is answered after a delay by a timer. Neither blocks the session's thread.
 */
public final class PassCommand implements Command {

    private static final Logger LOG = LoggerFactory.getLogger(PassCommand.class);

    private final LoginThreads threads;
    private final boolean leavesWith530;

    public PassCommand(LoginThreads threads) {
        this(threads, false);
    }

    /** @param leavesWith530 whether the last failed login that is allowed gets the same reply as those before it, not 421 */
    public PassCommand(LoginThreads threads, boolean leavesWith530) {
        this.threads = threads;
        this.leavesWith530 = leavesWith530;
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        session.resetState();
        String name = session.getUserArgument();
        if (session.isLoggedIn()) {
            Replies.say(
                    session,
                    FtpReply.REPLY_202_COMMAND_NOT_IMPLEMENTED,
                    "Already logged in; send USER to log in anew.");
            return;
        }
        if (name == null) {
            Replies.say(session, FtpReply.REPLY_503_BAD_SEQUENCE_OF_COMMANDS, "Send USER first.");
            return;
        }
        Optional<String> refusal = LoginLimit.refusal(session, context, name);
        if (refusal.isPresent()) {
            UserCommand.refuse(session, refusal.get());
            return;
        }
        String password = request.getArgument() == null ? "" : request.getArgument();
        Login login = new Login(session, context, name, leavesWith530);
        if (isTurnedAway(login)) {
            return;
        }
        Optional<User> known = knownAtOnce(context.getUserManager(), name, password);
        if (known.isPresent()) {
            login.succeed(known.get());
        } else {
            verifyElsewhere(login, request, authentication(session, context.getUserManager(), name, password));
        }
    }

    /** No password is looked at of a client that is banned, or asks for a name that is a ban. */
    private static boolean isTurnedAway(Login login) {
        Guesses guesses = ControlConnection.of(login.session()).guesses();
        Optional<Guesses.Client> client = login.client();
        if (client.isEmpty()) {
            return false;
        }
        if (guesses.bans().isBanned(client.get().address())) {
            login.refuse();
            return true;
        }
        if (guesses.isBanFor(client.get(), login.name())) {
            login.fail(true);
            return true;
        }
        return false;
    }

    private static Optional<User> knownAtOnce(UserManager users, String name, String password) {
        return users instanceof AccountUserManager accounts && !UserManager.ANONYMOUS.equals(name)
                ? accounts.authenticateAtOnce(name, password).map(User.class::cast)
                : Optional.empty();
    }

    private void verifyElsewhere(Login login, FtpRequest request, Authentication authentication) {
        ControlConnection connection = ControlConnection.of(login.session());
        connection.probation().pause();
        boolean likelyRight = login.context().getUserManager() instanceof AccountUserManager accounts
                && authentication instanceof UsernamePasswordAuthentication given
                && accounts.wasRight(given.getUsername(), given.getPassword());
        threads.verify(new Waiting(
                connection, connection.defer(login.session(), request), login, authentication, likelyRight));
    }

    /** What the user manager says of a password. */
    private sealed interface Verdict {
        record Right(User user) implements Verdict {}

        record Wrong() implements Verdict {}

        /** It failed, which is no fault of the client. */
        record Unknown() implements Verdict {}
    }

    private final class Waiting implements Verification {

        private final ControlConnection connection;
        private final Deferred deferred;
        private final Login login;
        private final Authentication authentication;
        private final boolean likelyRight;

        Waiting(
                ControlConnection connection,
                Deferred deferred,
                Login login,
                Authentication authentication,
                boolean likelyRight) {
            this.likelyRight = likelyRight;
            this.connection = connection;
            this.deferred = deferred;
            this.login = login;
            this.authentication = authentication;
        }

        @Override
        public AddressPrefix from() {
            return connection.probation().from();
        }

        @Override
        public boolean isLikelyRight() {
            return likelyRight;
        }

        @Override
        public boolean isDeparted() {
            return connection.isDeparted();
        }

        @Override
        public void run() {
            Duration shortest =
                    Duration.ofMillis(login.context().getConnectionConfig().getLoginFailureDelay());
            long begun = System.nanoTime();
            Verdict verdict = verify(login.context().getUserManager(), authentication);
            connection.probation().resume();
            switch (verdict) {
                case Verdict.Right(User user) -> deferred.finish(() -> login.succeed(user));
                case Verdict.Wrong() -> {
                    Guesses.Penalty penalty = penalty(shortest);
                    threads.later(
                            left(penalty.delay(), begun), () -> deferred.finish(() -> login.fail(penalty.banned())));
                }
                case Verdict.Unknown() ->
                    threads.later(left(shortest, begun), () -> deferred.finish(() -> login.fail(false)));
            }
        }

        /** Counted from before the hash, so that a cheaper one doesn't show as long as it takes less than the delay. */
        private static Duration left(Duration delay, long begun) {
            Duration left = delay.minusNanos(System.nanoTime() - begun);
            return left.isNegative() ? Duration.ZERO : left;
        }

        private Guesses.Penalty penalty(Duration shortest) {
            // what clients say instead of a password, as anonymous, is no guess
            String password = authentication instanceof UsernamePasswordAuthentication given
                    ? Objects.requireNonNullElse(given.getPassword(), "")
                    : "";
            return login.client()
                    .map(client -> connection.guesses().failed(client, login.name(), password, shortest))
                    .orElseGet(() -> new Guesses.Penalty(shortest, false));
        }

        @Override
        public void drop() {
            deferred.finish(() -> UserCommand.refuse(login.session(), "Too busy for clients that have left."));
        }
    }

    private static Verdict verify(UserManager users, Authentication authentication) {
        try {
            User user = users.authenticate(authentication);
            return user != null && user.getEnabled() ? new Verdict.Right(user) : new Verdict.Wrong();
        } catch (AuthenticationFailedException e) {
            LOG.debug("Authentication failed", e);
            return new Verdict.Wrong();
        } catch (RuntimeException | Error e) {
            // a strong hash may find no memory; without an answer the session would wait for ever
            LOG.warn("The user manager failed", e);
            return new Verdict.Unknown();
        }
    }

    private static Authentication authentication(
            FtpIoSession session, UserManager users, String name, String password) {
        UserMetadata client = new UserMetadata();
        if (session.getRemoteAddress() instanceof InetSocketAddress remote) {
            client.setInetAddress(remote.getAddress());
        }
        client.setCertificateChain(session.getClientCertificates());
        boolean asked = users instanceof AccountUserManager accounts && accounts.asksAnonymousForPassword();
        return UserManager.ANONYMOUS.equals(name) && !asked
                ? new AnonymousAuthentication(client)
                : new UsernamePasswordAuthentication(name, password, client);
    }
}
