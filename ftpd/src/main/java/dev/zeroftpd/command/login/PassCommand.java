package dev.zeroftpd.command.login;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.Deferred;
import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.control.ban.Bans;
import dev.zeroftpd.control.ban.Guesses;
import dev.zeroftpd.users.AccountUserManager;
import dev.zeroftpd.users.ClientMetadata;
import dev.zeroftpd.users.SourceLogins;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.Authentication;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.usermanager.AnonymousAuthentication;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;
import org.apache.ftpserver.usermanager.impl.UserMetadata;

/**
 * PASS (RFC 959, section 4.1.1). A password whose hash is costly is verified on a pool of its own while the session
 * waits, or another server is asked; a failed login is answered after a delay by a timer. Neither blocks the session's thread.
 */
public final class PassCommand implements Command {

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
            UserCommand.refuse(session, name, refusal.get());
            return;
        }
        String password = request.getArgument() == null ? "" : request.getArgument();
        Login login = new Login(session, context, name, leavesWith530);
        if (isTurnedAway(login)) {
            return;
        }
        Optional<User> known = login.provenByCertificate()
                .map(User.class::cast)
                .or(() -> knownAtOnce(context.getUserManager(), name, password));
        if (known.isPresent() && login.reasonToBar(known.get()).isEmpty()) {
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
        if (isBanned(login)) {
            login.refuse();
            return true;
        }
        if (guesses.isBanFor(client.get(), login.name())) {
            login.fail(Login.Failure.WRONG, true);
            return true;
        }
        return false;
    }

    private static boolean isBanned(Login login) {
        Bans bans = ControlConnection.of(login.session()).guesses().bans();
        return login.client().filter(client -> bans.isBanned(client.address())).isPresent();
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
                && accounts.wasRight(given.getUsername(), given.getPassword())
                && accounts.accounts().find(login.name()).filter(login::lets).isPresent();
        threads.verify(new Waiting(
                connection,
                connection.defer(login.session(), request),
                login,
                authentication,
                likelyRight,
                Optional.empty()));
    }

    private final class Waiting implements Verification {

        private final ControlConnection connection;
        private final Deferred deferred;
        private final Login login;
        private final Authentication authentication;

        /** Whether the password was right before. */
        private final boolean likelyRight;

        /** Of the source that was asked before, whose hash is computed now. */
        private final Optional<SourceLogins.Answer> answer;

        Waiting(
                ControlConnection connection,
                Deferred deferred,
                Login login,
                Authentication authentication,
                boolean likelyRight,
                Optional<SourceLogins.Answer> answer) {
            this.likelyRight = likelyRight;
            this.answer = answer;
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
        public boolean asksElsewhere() {
            return answer.isEmpty()
                    && login.context().getUserManager() instanceof AccountUserManager accounts
                    && accounts.elsewhere().asks(login.name());
        }

        @Override
        public boolean isDeparted() {
            return connection.client().isDeparted();
        }

        @Override
        public void run() {
            try {
                if (isTooMuch()) {
                    connection.probation().resume();
                    deferred.finish(login::refuse);
                } else {
                    answer();
                }
            } catch (RuntimeException | Error e) {
                deferred.fail(e); // without an answer the session would wait for ever
            }
        }

        /** While this one waited for its turn, other connections from its address may have guessed too often. */
        private boolean isTooMuch() {
            return isBanned(login)
                    || (isGuess() && login.client().filter(this::isTooFast).isPresent());
        }

        private boolean isGuess() {
            return !likelyRight && authentication instanceof UsernamePasswordAuthentication;
        }

        private boolean isTooFast(Guesses.Client client) {
            return connection.guesses().isTooFast(client);
        }

        private void answer() {
            Duration shortest = shortest();
            long begun = System.nanoTime();
            Verdict verdict = verdict();
            if (verdict instanceof Verdict.Open(SourceLogins.Answer said)) {
                threads.verify(
                        new Waiting(connection, deferred, login, authentication, likelyRight, Optional.of(said)));
                return;
            }
            connection.probation().resume();
            switch (verdict) {
                case Verdict.Open _ -> throw new IllegalStateException("it waits for its hash");
                case Verdict.Right(User user) -> {
                    Optional<Login.Failure> bar = login.reasonToBar(user);
                    if (bar.isPresent()) {
                        refuse(bar.get(), penalty(punishment(bar.get()), shortest), begun);
                    } else {
                        deferred.finish(() -> login.succeed(user));
                    }
                }
                case Verdict.Disabled() ->
                    refuse(Login.Failure.DISABLED, penalty(connection.guesses()::refused, shortest), begun);
                case Verdict.Wrong() -> {
                    Login.Failure why = login.certificate()
                            .account()
                            .flatMap(login::reasonToBar)
                            .orElseGet(login.certificate()::failure);
                    refuse(why, penalty(punishment(why), shortest), begun);
                }
                case Verdict.Unusable() ->
                    refuse(Login.Failure.UNUSABLE, penalty(connection.guesses()::refused, shortest), begun);
                case Verdict.Unknown() ->
                    refuse(Login.Failure.UNKNOWN, new Guesses.Penalty(shortest, false), begun); // no guess
            }
        }

        /** A source of stored passwords is asked on the threads that wait; its hashes are computed on those for all hashes. */
        private Verdict verdict() {
            UserManager users = login.context().getUserManager();
            if (users instanceof AccountUserManager ours
                    && authentication instanceof UsernamePasswordAuthentication given) {
                if (answer.isPresent()) {
                    return Verdict.ofAnswer(ours, given, answer.get(), login::lets);
                }
                if (asksElsewhere()) {
                    return Verdict.ofQuestion(ours, given, login::lets);
                }
            }
            return Verdict.of(users, authentication, login::lets);
        }

        private Duration shortest() {
            return Duration.ofMillis(login.context().getConnectionConfig().getLoginFailureDelay());
        }

        /** Where a proof is wrong or missing, it was a guess; where the account may not be used now, it was none. */
        private Punishment punishment(Login.Failure failure) {
            return failure == Login.Failure.WRONG || failure == Login.Failure.CERTIFICATE
                    ? connection.guesses()::failed
                    : connection.guesses()::refused;
        }

        /** While the source of other accounts doesn't answer, every refusal looks alike: else they would tell which names the file has. */
        private void refuse(Login.Failure failure, Guesses.Penalty counted, long begun) {
            Guesses.Penalty penalty = login.isSourceAway() ? new Guesses.Penalty(shortest(), false) : counted;
            Duration taken = Duration.ofNanos(System.nanoTime() - begun);
            Duration left = answer.map(said -> RefusalDelay.left(said.dearness(), penalty.delay(), taken))
                    .orElseGet(() ->
                            RefusalDelay.left(login.context().getUserManager(), login.name(), penalty.delay(), taken));
            threads.later(left, () -> deferred.finish(() -> login.fail(failure, penalty.banned())));
        }

        private Guesses.Penalty penalty(Punishment punishment, Duration shortest) {
            // what clients say instead of a password, as anonymous, is no guess
            String password = authentication instanceof UsernamePasswordAuthentication given
                    ? Objects.requireNonNullElse(given.getPassword(), "")
                    : "";
            return login.client()
                    .map(client -> punishment.of(client, login.name(), password, shortest))
                    .orElseGet(() -> new Guesses.Penalty(shortest, false));
        }

        @Override
        public void drop() {
            deferred.finish(login::drop);
        }
    }

    /** What {@link Guesses} makes of a password that led to no log-in. */
    @FunctionalInterface
    private interface Punishment {
        Guesses.Penalty of(Guesses.Client client, String name, String password, Duration shortest);
    }

    private static Authentication authentication(
            FtpIoSession session, UserManager users, String name, String password) {
        UserMetadata client = new ClientMetadata(session.isSecure());
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
