package dev.zeroftpd.command.login;

import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.users.AccountUserManager;
import dev.zeroftpd.users.DisabledAccountException;
import dev.zeroftpd.users.SourceLogins;
import dev.zeroftpd.users.name.AccountName;
import dev.zeroftpd.users.source.SourceAwayException;
import dev.zeroftpd.users.source.UnusableAccountException;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.ftpserver.ftplet.Authentication;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What a user manager says of a name and a password. Immutable; made on the threads for hashing. */
sealed interface Verdict {

    Logger LOG = LoggerFactory.getLogger(Verdict.class);

    /** Strangers may cause them. */
    FewLines FAILURES = FewLines.perMinute(LOG, 2);

    /** The user may come in. */
    record Right(User user) implements Verdict {}

    /** The password is right, but its account is disabled. */
    record Disabled() implements Verdict {}

    record Wrong() implements Verdict {}

    /** A source has answered; whether the password is right has yet to be computed, on the threads for hashing. */
    record Open(SourceLogins.Answer answer) implements Verdict {}

    /** It can't be known now. */
    record Unknown() implements Verdict {}

    /** The password is right, but what is said of its account can't be used. */
    record Unusable() implements Verdict {}

    /**
     * Where the user manager fails, as when a strong hash finds no memory, the password counts as a wrong one.
     *
     * @param usable whether this client may use an account
     */
    static Verdict of(UserManager users, Authentication authentication, Predicate<User> usable) {
        return of(
                authentication,
                () -> of(
                        users instanceof AccountUserManager ours
                                ? ours.authenticate(authentication, usable::test)
                                : users.authenticate(authentication)));
    }

    /** What a source says: where a hash has to be computed, that is {@link Open}. */
    static Verdict ofQuestion(AccountUserManager users, UsernamePasswordAuthentication given, Predicate<User> usable) {
        return of(given, () -> {
            SourceLogins.Answer answer = users.elsewhere().ask(given, usable::test);
            return answer.isCostly() ? new Open(answer) : of(users.decided(given, answer, usable::test));
        });
    }

    /** What the hash says. */
    static Verdict ofAnswer(
            AccountUserManager users,
            UsernamePasswordAuthentication given,
            SourceLogins.Answer answer,
            Predicate<User> usable) {
        return of(given, () -> of(users.decided(given, answer, usable::test)));
    }

    private static Verdict of(@Nullable User user) {
        return user == null ? new Wrong() : user.getEnabled() ? new Right(user) : new Disabled();
    }

    /** What may refuse. */
    @FunctionalInterface
    interface Attempt {
        Verdict make() throws AuthenticationFailedException;
    }

    private static Verdict of(Authentication authentication, Attempt attempt) {
        try {
            return attempt.make();
        } catch (DisabledAccountException e) {
            LOG.debug("Authentication of a disabled account failed", e);
            return new Disabled();
        } catch (SourceAwayException e) {
            LOG.debug("Accounts from elsewhere are not available", e);
            return new Unknown();
        } catch (UnusableAccountException e) {
            FAILURES.write(
                    Level.WARN, () -> LogText.escape(nameIn(authentication)) + " can't log in: " + e.getMessage());
            return new Unusable();
        } catch (AuthenticationFailedException e) {
            LOG.debug("Authentication failed", e);
        } catch (RuntimeException | Error e) {
            LOG.debug("The user manager failed", e);
            FAILURES.write(Level.WARN, () -> "The user manager failed: " + FailureReason.of(e));
        }
        return new Wrong();
    }

    private static String nameIn(Authentication authentication) {
        return authentication instanceof UsernamePasswordAuthentication given
                ? LogText.shortened(Objects.requireNonNullElse(given.getUsername(), ""), AccountName.LONGEST)
                : UserManager.ANONYMOUS;
    }
}
