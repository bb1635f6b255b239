package dev.zeroftpd.users;

import dev.zeroftpd.config.UsersSettings;
import dev.zeroftpd.config.hook.CheckSettings;
import dev.zeroftpd.config.plugin.SourceChoice;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.spi.AccountSource;
import dev.zeroftpd.spi.LoginAnswer;
import dev.zeroftpd.spi.LoginQuestion;
import dev.zeroftpd.users.name.AccountName;
import dev.zeroftpd.users.password.DearestHash;
import dev.zeroftpd.users.password.HashMemory;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Lets accounts log in that the file doesn't have, if the settings name a plugin that knows them, or a program or server to ask: asks
 * that, or recalls what it has said a short time ago. Any thread; only {@link #ask} may take long, up to the time-out of the settings,
 * and what it returns may compute.
 */
public final class SourceLogins implements AutoCloseable {

    /** At some 200 bytes each, negligible. */
    private static final int MOST_REMEMBERED = 10_000;

    /** What passwords are remembered by that are stored elsewhere. */
    private static final StoredPassword ELSEWHERE = new StoredPassword.Missing();

    /** A check keeps its own time, and says what it has killed; this one counts where that fails. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final String CHECK = "users.check";

    private static final Logger LOG = LoggerFactory.getLogger(SourceLogins.class);

    /** Strangers may cause them. */
    private static final FewLines UNREADABLE = FewLines.perMinute(LOG, 6);

    private final UsersSettings settings;
    private final Visitors visitors;
    private final Consumer<String> afterChange;
    private volatile @Nullable Opened opened;

    /** Of those that a source has stored. */
    private final DearestHash dearest = new DearestHash(HashMemory.OF_THIS_PROCESS);

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
        return now != null && known(name).isPresent() && wasRight(now, name, password);
    }

    private static boolean wasRight(Opened now, String name, String password) {
        return now.cached().wasRight(name, ELSEWHERE, password) || now.stale().wasRight(name, ELSEWHERE, password);
    }

    private Optional<Account> known(String name) {
        return visitors.accounts().find(name).filter(Account::getEnabled);
    }

    /** What a source has said, or what was known: the account, or what the password has yet to be compared with. Any thread, once. */
    public sealed interface Answer permits Known, Comparison {

        /** Whether {@link #account} computes a hash that is made to be expensive. */
        boolean isCostly();

        /** How many times as much the dearest hash costs as the one that is computed here; 1 or more. */
        double dearness();

        /**
         * The account whose password is right.
         *
         * @throws AuthenticationFailedException if it is wrong, or the account is disabled
         * @throws UnusableAccountException if what the source says can't be used
         */
        Account account() throws AuthenticationFailedException;
    }

    private record Asked(Opened now, String name, String password, Predicate<Account> usable) {}

    private record Known(Account account) implements Answer {

        @Override
        public boolean isCostly() {
            return false;
        }

        @Override
        public double dearness() {
            return 1;
        }
    }

    /**
     * Asks the source; nothing is computed here that takes long.
     *
     * @param usable whether the client may use an account; if not, nothing is remembered
     * @throws SourceAwayException if it isn't available, and the password isn't known from before
     * @throws UnusableAccountException if what it says can't be used
     */
    public Answer ask(UsernamePasswordAuthentication given, Predicate<Account> usable)
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
            return new Known(meanwhile.get());
        }
        Asked asked = new Asked(now, name, password, usable);
        return switch (now.source().ask(question(given.getUserMetadata(), name, password))) {
            case LoginAnswer.Yes(Map<String, String> keys) -> {
                Account account = admitted(name, keys);
                if (usable.test(account)) {
                    now.cached().remember(name, ELSEWHERE, password);
                    now.stale().remember(name, ELSEWHERE, password);
                }
                yield new Known(account);
            }
            case LoginAnswer.No _ -> {
                forget(now, name, password);
                throw refused();
            }
            case LoginAnswer.Stored(String stored, Map<String, String> keys) ->
                new Comparison(asked, parsed(name, stored), keys).orKnown();
            case LoginAnswer.Absent _ -> new Comparison(asked, ELSEWHERE, Map.of());
            case LoginAnswer.Unanswered(String why) -> new Known(knownFromBefore(asked, why));
            case LoginAnswer.Unavailable(String why) -> new Known(knownFromBefore(asked, why));
        };
    }

    /** One that can't be verified is no password: an answer of its own would show strangers that the account is there. */
    private StoredPassword parsed(String name, String stored) {
        try {
            StoredPassword password = StoredPassword.parse(stored);
            dearest.see(password);
            return password;
        } catch (IllegalArgumentException e) {
            UNREADABLE.write(Level.WARN, () -> LogText.escape(name) + " can't log in: " + e.getMessage());
            return ELSEWHERE;
        }
    }

    /**
     * How many times as much the dearest hash costs, of the file or elsewhere, as what a password for this name is compared with if the
     * file has it; 1 or more. An answer that waits for the difference doesn't tell where an account is.
     */
    public double dearness(String name) {
        Accounts accounts = visitors.accounts();
        return DearestHash.times(dearest.or(accounts.decoy()), accounts.comparedFor(name));
    }

    /** A password, and what the source has stored; {@link #ELSEWHERE} if nothing. */
    private final class Comparison implements Answer {

        private final Asked asked;
        private final StoredPassword stored;
        private final Map<String, String> keys;

        /** A name without an account, and a form that is cheap, cost as much as the dearest. */
        private final StoredPassword compared;

        private final double dearness;

        Comparison(Asked asked, StoredPassword stored, Map<String, String> keys) {
            this.asked = asked;
            this.stored = stored;
            this.keys = keys;
            StoredPassword decoy = dearest.or(visitors.accounts().decoy());
            compared = stored.slow() ? stored : decoy;
            dearness = DearestHash.times(decoy, compared);
        }

        /** What was right a short time ago, and as the source has it now, or is cheap to verify, needs no computing. */
        Answer orKnown() {
            boolean right = stored.slow()
                    ? asked.now().cached().recall(asked.name(), stored, asked.password())
                    : stored.matches(asked.password());
            if (right) {
                try {
                    Account account = admitted(asked.name(), keys);
                    if (asked.usable().test(account)) {
                        return new Known(noted(account));
                    }
                } catch (AuthenticationFailedException e) {
                    LOG.debug("Said once it has taken its time", e);
                }
            }
            return this;
        }

        @Override
        public boolean isCostly() {
            return true;
        }

        @Override
        public double dearness() {
            return dearness;
        }

        @Override
        public Account account() throws AuthenticationFailedException {
            boolean matches = compared.matches(asked.password());
            boolean right = stored.slow() ? matches : stored.matches(asked.password());
            if (!right) {
                asked.now().source().counts().countWrong();
                forget(asked.now(), asked.name(), asked.password());
                throw refused();
            }
            Account account = admitted(asked.name(), keys);
            if (!asked.usable().test(account)) {
                asked.now().source().counts().countRight();
                return account;
            }
            asked.now().cached().remember(asked.name(), stored, asked.password());
            return noted(account);
        }

        /** The hash that the password matched is part of what is remembered, and is asked for each time. */
        private Account noted(Account account) {
            asked.now().source().counts().countRight();
            asked.now().stale().remember(asked.name(), ELSEWHERE, asked.password());
            return account;
        }
    }

    private LoginQuestion question(@Nullable UserMetadata client, String name, String password) {
        Optional<InetAddress> from = Optional.ofNullable(client).map(UserMetadata::getInetAddress);
        boolean tls = client instanceof ClientMetadata ours && ours.tls();
        return new LoginQuestion(name, password, from, tls, visitors.accounts().groups());
    }

    private Account knownFromBefore(Asked asked, String why) throws SourceAwayException {
        RememberedPasswords stale = asked.now().stale();
        return known(asked.name())
                .filter(account -> stale.recall(asked.name(), ELSEWHERE, asked.password())
                        && asked.usable().test(account))
                .map(account -> counted(asked.now(), account))
                .orElseThrow(() -> new SourceAwayException(why));
    }

    /** What was right isn't any more: the password has been changed, or the account is gone; its sessions end. */
    private void forget(Opened now, String name, String password) {
        if (wasRight(now, name, password)) {
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
