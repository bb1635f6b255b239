package dev.zeroftpd.users;

import dev.zeroftpd.config.UsersSettings;
import dev.zeroftpd.config.file.FileStamp;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.os.Quantity;
import dev.zeroftpd.users.password.StoredPassword;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.ftpserver.ftplet.Authentication;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.usermanager.AnonymousAuthentication;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running server's accounts: answers who may log in from a snapshot of {@code users.properties}, follows edits of the
 * file, and replaces old password hashes by modern ones. Any thread; only {@link #authenticate} may take long (0.1 s of CPU
 * for a strong hash) and belongs on the threads for hashing.
 *
 * <p>A reading of the file replaces all accounts in one step or, if anything in it is wrong, none.
 */
public final class AccountUserManager implements UserManager, AutoCloseable {

    /**
     * Long enough for a client that opens 50 sessions, short enough that a verified password isn't trusted for long.
     */
    private static final Duration REMEMBERED_FOR = Duration.ofSeconds(60);

    /** At some 200 bytes each, negligible. */
    private static final int MOST_REMEMBERED = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(AccountUserManager.class);

    private final Path file;
    private final UsersFile usersFile;
    private final RememberedPasswords remembered =
            new RememberedPasswords(REMEMBERED_FOR, MOST_REMEMBERED, System::nanoTime);
    private final AccountsWatch watch;
    private final Optional<PasswordUpgrades> upgrades;
    private final Visitors visitors;
    private final SourceLogins elsewhere;
    private volatile Runnable afterChange = () -> {};
    private volatile Consumer<String> afterChangeOfOne = _ -> {};

    private AccountUserManager(UsersSettings settings, Accounts accounts, FileStamp stamp) {
        this.file = settings.file();
        this.usersFile = new UsersFile(file);
        this.visitors = new Visitors(accounts);
        this.elsewhere = new SourceLogins(settings, visitors, name -> afterChangeOfOne.accept(name));
        this.watch = new AccountsWatch(file, stamp, this::readAgain, this::use);
        this.upgrades = settings.upgradeHashes()
                ? Optional.of(new PasswordUpgrades(usersFile, remembered, watch))
                : Optional.empty();
    }

    /**
     * Reads the accounts and begins to follow the file.
     *
     * @throws ConfigException with everything that is wrong in the file
     */
    static AccountUserManager open(UsersSettings settings) throws ConfigException {
        AccountUserManager manager = read(settings);
        manager.follow();
        return manager;
    }

    /**
     * Reads the accounts; no thread is started before {@link #follow}.
     *
     * @throws ConfigException with everything that is wrong in the file
     */
    public static AccountUserManager read(UsersSettings settings) throws ConfigException {
        // Looked at before the reading: an edit in between is then seen as one.
        FileStamp stamp = FileStamp.of(settings.file());
        return new AccountUserManager(settings, Accounts.read(settings.file()), stamp);
    }

    /** Begins to follow the file, once. */
    public void follow() {
        watch.start();
    }

    /** The accounts that the file doesn't have, where a plugin or {@code users.check} knows some. */
    public SourceLogins elsewhere() {
        return elsewhere;
    }

    /** What the accounts are read from. */
    public Path file() {
        return file;
    }

    private Accounts readAgain(Path from) throws ConfigException {
        return accounts().readAgain(from);
    }

    private void use(Accounts read) {
        visitors.use(read);
        afterChange.run();
        LOG.info("Using {} of {}", Quantity.of(read.all().size(), "account"), file);
    }

    /**
     * Reads the file again now, without waiting for its edit to be noticed. What is wrong in it is logged.
     *
     * @return whether it was fine; if not, the accounts stay as they were
     */
    public boolean reload() {
        return watch.reload();
    }

    /** Has {@code task} run on the thread of each reading that brought changed accounts; a second task replaces the first. */
    public void onChange(Runnable task) {
        afterChange = task;
    }

    /**
     * Has {@code task} run with the name of each account from elsewhere that is new, another than before, or no more; on the thread
     * that has asked for it, several at once.
     */
    public void onChangeOfOne(Consumer<String> task) {
        afterChangeOfOne = task;
    }

    /** Has {@code task} run again and again on the thread that follows the file, which it must not hold up. */
    public void every(Duration interval, Runnable task) {
        watch.every(interval, task);
    }

    /** Whether the file, as it was read last, can be used: if not, the accounts are those of before. */
    public boolean isFileRight() {
        return watch.isRight();
    }

    /** The accounts as of now. */
    public Accounts accounts() {
        return visitors.accounts();
    }

    /**
     * Has {@code look} see the accounts, and again if they are replaced meanwhile: what it does last, it does with the latest.
     */
    public <T> T look(Function<Accounts, T> look) {
        while (true) {
            Accounts seen = accounts();
            T found = look.apply(seen);
            if (seen == accounts()) {
                return found;
            }
        }
    }

    /**
     * Logs in a user without a hash of many rounds: one whose password was verified a short time ago, or is stored in clear
     * or as a plain digest. Takes microseconds, so that any thread may ask, and its time doesn't tell which names there are.
     *
     * @return nothing if {@link #authenticate} has to decide
     */
    public Optional<Account> authenticateAtOnce(String name, String password) {
        if (elsewhere.asks(name)) {
            return elsewhere.recalled(name, password);
        }
        Optional<Account> account = enabled(name);
        if (account.isEmpty()) {
            return Optional.empty();
        }
        StoredPassword stored = account.get().storedPassword();
        boolean right = stored.quick() ? stored.matches(password) : remembered.recall(name, stored, password);
        if (!right) {
            return Optional.empty();
        }
        upgradeIfOutdated(account.get(), password);
        return account;
    }

    /**
     * Whether the password was right when it was last verified, so that {@link #authenticate} will probably find it right
     * again. Takes microseconds; proves nothing.
     */
    public boolean wasRight(String name, String password) {
        return elsewhere.asks(name)
                ? elsewhere.wasRight(name, password)
                : enabled(name)
                        .filter(account -> remembered.wasRight(name, account.storedPassword(), password))
                        .isPresent();
    }

    /**
     * Verifies a name and password, or that the account {@code anonymous} exists and needs none. A wrong name, a wrong
     * password and a disabled account take the same time and fail the same way.
     */
    @Override
    public User authenticate(Authentication authentication) throws AuthenticationFailedException {
        return authenticate(authentication, _ -> true);
    }

    /**
     * The same for a client that may not be allowed to use the account.
     *
     * @param usable whether it may; if not, a right password takes as long as a wrong one, and is not remembered
     */
    public User authenticate(Authentication authentication, Predicate<Account> usable)
            throws AuthenticationFailedException {
        return switch (authentication) {
            case UsernamePasswordAuthentication given
            when elsewhere.asks(Objects.requireNonNullElse(given.getUsername(), "")) ->
                decided(given, elsewhere.ask(given, usable), usable);
            case UsernamePasswordAuthentication given ->
                verifiedUnlessOpen(
                        Objects.requireNonNullElse(given.getUsername(), ""),
                        Objects.requireNonNullElse(given.getPassword(), ""),
                        usable);
            case AnonymousAuthentication _ ->
                enabled(ANONYMOUS)
                        .filter(account -> !hasPassword(account) || hasEmptyPassword(account))
                        .orElseThrow(AccountUserManager::refused);
            default -> throw new IllegalArgumentException("Authentication not supported by this user manager");
        };
    }

    /** The same once a source has answered. If the file has got the name meanwhile, it decides after all. */
    public Account decided(UsernamePasswordAuthentication given, SourceLogins.Answer answer, Predicate<Account> usable)
            throws AuthenticationFailedException {
        String name = Objects.requireNonNullElse(given.getUsername(), "");
        Account account = answer.account();
        return accounts().isInFile(name)
                ? verified(name, Objects.requireNonNullElse(given.getPassword(), ""), usable)
                : account;
    }

    /** True if clients that log in as {@code anonymous} have to know a password, or perhaps: the hash may be of the empty one. */
    public boolean asksAnonymousForPassword() {
        return accounts()
                .find(ANONYMOUS)
                .filter(AccountUserManager::hasPassword)
                .isPresent();
    }

    /** With the hash of the empty password, {@code anonymous} is open to all: such clients send their mail address. */
    private Account verifiedUnlessOpen(String name, String password, Predicate<Account> usable)
            throws AuthenticationFailedException {
        Optional<Account> open =
                name.equals(ANONYMOUS) ? enabled(name).filter(AccountUserManager::hasEmptyPassword) : Optional.empty();
        return open.isPresent() ? open.get() : verified(name, password, usable);
    }

    private static boolean hasPassword(Account account) {
        return !account.storedPassword().missing();
    }

    private static boolean hasEmptyPassword(Account account) {
        return hasPassword(account) && account.storedPassword().matches("");
    }

    private Account verified(String name, String password, Predicate<Account> usable)
            throws AuthenticationFailedException {
        if (enabled(name).filter(usable).isPresent()) {
            Optional<Account> soon = verifiedSoon(name, password);
            if (soon.isPresent()) {
                return soon.get();
            }
        }
        Accounts now = accounts();
        StoredPassword compared = now.comparedFor(name);
        boolean matches = compared.matches(password);
        Account account = now.find(name)
                .filter(found -> isRight(password, found, compared, matches))
                .orElseThrow(AccountUserManager::refused);
        if (!account.getEnabled()) {
            throw new DisabledAccountException();
        }
        if (usable.test(account)) {
            remembered.remember(name, account.storedPassword(), password);
        }
        return account;
    }

    /** By what is known of the password, or cheap to verify. */
    private Optional<Account> verifiedSoon(String name, String password) {
        Optional<Account> known = authenticateAtOnce(name, password);
        if (known.isPresent()) {
            return known;
        }
        Optional<Account> cheaplyRight = enabled(name).filter(account -> isCheaplyRight(account, password));
        cheaplyRight.ifPresent(account -> {
            remembered.remember(name, account.storedPassword(), password);
            upgradeIfOutdated(account, password);
        });
        return cheaplyRight;
    }

    /** A thousand rounds of MD5 are too many for {@link #authenticateAtOnce}, and too few to hold up a right password. */
    private static boolean isCheaplyRight(Account account, String password) {
        StoredPassword stored = account.storedPassword();
        return !stored.slow() && !stored.quick() && stored.matches(password);
    }

    /** What is cheap to verify was compared with something else, for the time that takes; verifying it hardly adds to that. */
    private static boolean isRight(String password, Account account, StoredPassword compared, boolean matches) {
        StoredPassword stored = account.storedPassword();
        return stored.slow() ? matches && stored.equals(compared) : stored.matches(password);
    }

    private static AuthenticationFailedException refused() {
        return new AuthenticationFailedException("Authentication failed");
    }

    private Optional<Account> enabled(String name) {
        return accounts().find(name).filter(Account::getEnabled);
    }

    private void upgradeIfOutdated(Account account, String password) {
        if (account.storedPassword().outdated()) {
            upgrades.ifPresent(present -> present.upgrade(account, password));
        }
    }

    /** {@inheritDoc} Null if there is none. */
    @Override
    public @Nullable User getUserByName(String name) {
        return accounts().find(name).orElse(null);
    }

    @Override
    public String[] getAllUserNames() {
        return accounts().all().stream().map(Account::getName).toArray(String[]::new);
    }

    @Override
    public boolean doesExist(String name) {
        return accounts().find(name).isPresent();
    }

    /** {@inheritDoc} The first whose role says so; empty, which no account is called, where there is none. */
    @Override
    public String getAdminName() {
        return accounts().all().stream()
                .filter(Account::isAdministrator)
                .map(Account::getName)
                .findFirst()
                .orElse("");
    }

    /** {@inheritDoc} By its role alone: the name {@code admin} gives no rights. */
    @Override
    public boolean isAdmin(String name) {
        return accounts().find(name).filter(Account::isAdministrator).isPresent();
    }

    /** Writes a user to the file and uses it at once. Hashes the password if there is one: see the class comment. */
    @Override
    public void save(User user) throws FtpException {
        try {
            usersFile.save(user);
        } catch (ConfigException | IOException e) {
            throw new FtpException("The account was not saved: " + FailureReason.of(e), e);
        }
        reload();
    }

    /** Removes a user from the file and from the accounts at once. */
    @Override
    public void delete(String name) throws FtpException {
        try {
            usersFile.remove(name);
        } catch (ConfigException | IOException e) {
            throw new FtpException("The account was not removed: " + FailureReason.of(e), e);
        }
        reload();
    }

    /** Stops following the file, and forgets the verified passwords. */
    @Override
    public void close() {
        watch.close();
        elsewhere.close();
        remembered.clear();
    }
}
