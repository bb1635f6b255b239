package dev.zeroftpd.users;

import dev.zeroftpd.config.UsersSettings;
import dev.zeroftpd.config.hook.CheckSettings;
import dev.zeroftpd.config.plugin.SourceChoice;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.spi.AccountSource;
import dev.zeroftpd.spi.LoginAnswer;
import dev.zeroftpd.spi.LoginQuestion;
import dev.zeroftpd.users.name.AccountName;
import dev.zeroftpd.users.password.StoredPassword;
import dev.zeroftpd.users.source.GuardedSource;
import dev.zeroftpd.users.source.SourceAwayException;
import dev.zeroftpd.users.source.UnusableAccountException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;
import org.apache.ftpserver.usermanager.impl.UserMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Lets accounts log in that the file doesn't have, if the settings name a plugin that knows them, or a program or server to ask: asks
 * that, or recalls what it has said a short time ago. Any thread; only {@link #verified} may take long, up to the time-out of the settings.
 */
public final class SourceLogins implements AutoCloseable {

    /** At some 200 bytes each, negligible. */
    private static final int MOST_REMEMBERED = 10_000;

    /** What passwords are remembered by that are stored elsewhere. */
    private static final StoredPassword ELSEWHERE = new StoredPassword.Missing();

    /** A check keeps its own time, and says what it has killed; this one counts where that fails. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final String CHECK = "users.check";

    private final UsersSettings settings;
    private final Visitors visitors;
    private final Consumer<String> afterChange;
    private volatile @Nullable Opened opened;

    /**
     * What is asked.
     *
     * @param cached passwords that count without asking
     * @param stale passwords that count while there is no answer
     */
    private record Opened(GuardedSource source, RememberedPasswords cached, RememberedPasswords stale) {}

    /** @param afterChange what is done, by its name, before an account is used that is new or another than before, or once it is no more */
    SourceLogins(UsersSettings settings, Visitors visitors, Consumer<String> afterChange) {
        this.settings = settings;
        this.visitors = visitors;
        this.afterChange = afterChange;
    }

    /**
     * Loads the plugin if the settings name one, else uses the check; once, before anybody logs in.
     *
     * @param check what {@code users.check} names
     * @throws ConfigException if the plugin isn't there, or its settings can't be used
     */
    public void open(Optional<AccountSource> check) throws ConfigException {
        Optional<SourceChoice> plugin = settings.source();
        if (plugin.isPresent()) {
            SourceChoice choice = plugin.get();
            opened = opened(GuardedSource.open(choice), choice.cache(), choice.stale());
        } else if (check.isPresent()) {
            CheckSettings times = settings.check();
            opened = opened(
                    GuardedSource.of(CHECK, times.timeout().plus(GRACE), check.get()), times.cache(), Duration.ZERO);
        }
    }

    private static Opened opened(GuardedSource source, Duration cache, Duration stale) {
        return new Opened(
                source,
                new RememberedPasswords(cache, MOST_REMEMBERED, System::nanoTime),
                new RememberedPasswords(stale, MOST_REMEMBERED, System::nanoTime));
    }

    /** What is asked; empty where the file alone has accounts. */
    public Optional<GuardedSource> source() {
        return Optional.ofNullable(opened).map(Opened::source);
    }

    /** Whether accounts that the file doesn't have are asked for. */
    public boolean isInUse() {
        return opened != null;
    }

    /** Where accounts of the plugin have their homes, with <code>${user}</code> for the name; empty if it doesn't say. */
    public Optional<String> homes() {
        return settings.source().flatMap(SourceChoice::home);
    }

    /** Tells whose accounts must not be forgotten: those that are logged in. */
    public void keepThoseOf(Supplier<Set<String>> loggedIn) {
        visitors.keepThoseOf(loggedIn);
    }

    /**
     * Whether an account of that name is looked for here, because the file has none. Verifying its password waits instead of
     * computing, so it belongs on threads of its own.
     */
    public boolean asks(String name) {
        return opened != null
                && !name.equals(UserManager.ANONYMOUS)
                && !visitors.accounts().isInFile(name)
                && AccountName.faultOf(name).isEmpty();
    }

    /** Whether passwords can't be verified here at the moment. */
    public boolean isAway() {
        Opened now = opened;
        return now != null && now.source().isAway();
    }

    /** An account whose password was found right a short time ago. */
    Optional<Account> recalled(String name, String password) {
        Opened now = opened;
        return now == null
                ? Optional.empty()
                : known(name).filter(_ -> now.cached().recall(name, ELSEWHERE, password));
    }

    boolean wasRight(String name, String password) {
        Opened now = opened;
        return now != null && known(name).isPresent() && now.cached().wasRight(name, ELSEWHERE, password);
    }

    private Optional<Account> known(String name) {
        return visitors.accounts().find(name).filter(Account::getEnabled);
    }

    /**
     * Asks the source.
     *
     * @param usable whether the client may use an account; if not, nothing is remembered
     * @throws SourceAwayException if it isn't available, and the password isn't known from before
     * @throws UnusableAccountException if what it says can't be used
     */
    Account verified(UsernamePasswordAuthentication given, Predicate<Account> usable)
            throws AuthenticationFailedException {
        String name = Objects.requireNonNullElse(given.getUsername(), "");
        String password = Objects.requireNonNullElse(given.getPassword(), "");
        Opened now = opened;
        if (now == null || password.isEmpty()) {
            throw refused();
        }
        // while this one waited for its turn, another session of the account may have been asked for
        Optional<Account> meanwhile = recalled(name, password).filter(usable);
        if (meanwhile.isPresent()) {
            return meanwhile.get();
        }
        return switch (now.source().ask(question(given.getUserMetadata(), name, password))) {
            case LoginAnswer.Yes(Map<String, String> keys) -> {
                Account account = admitted(name, keys);
                if (usable.test(account)) {
                    now.cached().remember(name, ELSEWHERE, password);
                    now.stale().remember(name, ELSEWHERE, password);
                }
                yield account;
            }
            case LoginAnswer.No _ -> {
                forget(now, name, password);
                throw refused();
            }
            case LoginAnswer.Unanswered(String why) -> knownFromBefore(now, name, password, usable, why);
            case LoginAnswer.Unavailable(String why) -> knownFromBefore(now, name, password, usable, why);
        };
    }

    private LoginQuestion question(@Nullable UserMetadata client, String name, String password) {
        Optional<InetAddress> from = Optional.ofNullable(client).map(UserMetadata::getInetAddress);
        boolean tls = client instanceof ClientMetadata ours && ours.tls();
        return new LoginQuestion(name, password, from, tls, visitors.accounts().groups());
    }

    private Account knownFromBefore(Opened now, String name, String password, Predicate<Account> usable, String why)
            throws SourceAwayException {
        return known(name)
                .filter(account -> now.stale().recall(name, ELSEWHERE, password) && usable.test(account))
                .map(account -> counted(now, account))
                .orElseThrow(() -> new SourceAwayException(why));
    }

    /** What was right isn't any more: the password has been changed, or the account is gone; its sessions end. */
    private void forget(Opened now, String name, String password) {
        boolean wasRight =
                now.cached().wasRight(name, ELSEWHERE, password) || now.stale().wasRight(name, ELSEWHERE, password);
        if (wasRight) {
            now.cached().forget(name);
            now.stale().forget(name);
            if (visitors.forget(name)) {
                afterChange.accept(name);
            }
        }
    }

    private static Account counted(Opened now, Account account) {
        now.source().counts().countStale();
        return account;
    }

    private Account admitted(String name, Map<String, String> keys) throws AuthenticationFailedException {
        Visitors.Admitted admitted;
        try {
            admitted = visitors.admit(name, keys);
        } catch (ConfigException e) {
            throw new UnusableAccountException(Visitors.reasonOf(e));
        } catch (IllegalStateException e) {
            throw new SourceAwayException(String.valueOf(e.getMessage()));
        }
        if (admitted.changed()) {
            afterChange.accept(name);
        }
        if (!admitted.account().getEnabled()) {
            throw new DisabledAccountException();
        }
        return admitted.account();
    }

    private static AuthenticationFailedException refused() {
        return new AuthenticationFailedException("Authentication failed");
    }

    /** Lets go of what is asked, and forgets the verified passwords. */
    @Override
    public void close() {
        Opened now = opened;
        if (now != null) {
            now.source().close();
            now.cached().clear();
            now.stale().clear();
        }
    }
}
