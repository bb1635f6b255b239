package dev.zeroftpd.users;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.config.reader.PropertiesFile;
import dev.zeroftpd.users.name.AccountName;
import dev.zeroftpd.users.password.Argon2Hash;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginRequest;
import org.apache.ftpserver.usermanager.impl.TransferRateRequest;
import org.apache.ftpserver.usermanager.impl.WriteRequest;
import org.jspecify.annotations.Nullable;

/**
 * Edits {@code users.properties} and keeps its comments and order: for the command line, and for the server when it replaces
 * an old hash. Any thread, any number of processes: edits wait for each other at a lock file next to it, and an edit
 * made meanwhile by a program that ignores the lock is seen and kept.
 *
 * <p>Each edit is checked as a whole file before it is written in one step, so it can't break the accounts: every method
 * throws {@link ConfigException} with all that is wrong, and {@link IOException} if the file can't be written.
 */
public final class UsersFile {

    /** An editor that saves between our reading and our writing does so once, not five times. */
    private static final int ATTEMPTS = 5;

    /** File locks are the process's, so that threads need one of their own. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Path file;

    public UsersFile(Path file) {
        this.file = file;
    }

    /**
     * A new account.
     *
     * @param home as written to the file: a directory (if relative, relative to the file of accounts), or a URI of
     *     an installed file system provider; it must exist. Empty where a group has it
     * @param writePermission whether it may change anything below its home; with groups, false leaves it to them
     * @param groups separated by commas
     * @param password empty for an account without a password login, such as {@code anonymous}
     * @param certificate what its clients have to show; empty for none
     */
    public record NewAccount(
            String name,
            Optional<String> home,
            boolean writePermission,
            Optional<String> groups,
            Optional<String> password,
            Optional<String> certificate) {

        /** One without groups and certificate. */
        public NewAccount(String name, String home, boolean writePermission, Optional<String> password) {
            this(name, Optional.of(home), writePermission, Optional.empty(), password, Optional.empty());
        }
    }

    /** The accounts in the file. */
    Accounts read() throws ConfigException {
        return Accounts.read(file);
    }

    /** Refuses a name that can't be added; the file need not exist yet. */
    public void requireNew(String name) throws ConfigException {
        requireLegal(name);
        if (Files.exists(file)) {
            requireFree(Accounts.propertiesOf(file), name);
        }
    }

    private void requireLegal(String name) throws ConfigException {
        Optional<String> fault = AccountName.faultOf(name);
        if (fault.isPresent()) {
            throw new ConfigException(Problem.inFile(file, fault.get(), "choose another name"));
        }
    }

    private void requireFree(PropertiesFile properties, String name) throws ConfigException {
        if (exists(properties, name)) {
            throw new ConfigException(
                    Problem.inFile(file, "there is an account " + name + " already", "choose another name"));
        }
    }

    /** Adds an account; its password is stored as an Argon2id hash. */
    public void add(NewAccount account) throws ConfigException, IOException {
        String name = account.name();
        requireLegal(name);
        Optional<String> hash =
                account.password().map(password -> Argon2Hash.of(password).text());
        edit(properties -> {
            requireFree(properties, name);
            PropertiesFile edited = properties;
            if (hash.isPresent()) {
                edited = edited.with(AccountKey.PASSWORD.forAccount(name), hash.get());
            }
            if (account.groups().isPresent()) {
                edited = edited.with(
                        AccountKey.GROUPS.forAccount(name), account.groups().get());
            }
            if (account.home().isPresent()) {
                edited = edited.with(
                        AccountKey.HOME.forAccount(name), account.home().get());
            }
            if (account.certificate().isPresent()) {
                edited = edited.with(
                        AccountKey.CERTIFICATE.forAccount(name),
                        account.certificate().get());
            }
            edited = edited.with(AccountKey.ENABLED.forAccount(name), "true");
            return account.writePermission() || account.groups().isEmpty()
                    ? edited.with(
                            AccountKey.WRITE_PERMISSION.forAccount(name), Boolean.toString(account.writePermission()))
                    : edited;
        });
    }

    /** Why there can't be a new account of that name, in a clause; the file need not exist yet. */
    public Optional<String> faultOfNew(String name) {
        try {
            requireNew(name);
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(e.problems().getFirst().what());
        }
    }

    /** Adds all these accounts, or none; makes the file if there is none. */
    public void addAll(List<NewLines> accounts) throws ConfigException, IOException {
        Map<String, String> hashes = new HashMap<>();
        Map<String, Map<Attribute, String>> attributes = new HashMap<>();
        for (NewLines account : accounts) {
            requireLegal(account.name());
            attributes.put(account.name(), attributes(account));
            hashes.put(
                    account.name(),
                    account.hash().isEmpty() ? Argon2Hash.of(account.password()).text() : account.hash());
        }
        if (Files.notExists(file)) {
            PropertiesFile.empty(file).save();
        }
        edit(properties -> {
            PropertiesFile edited = properties;
            for (NewLines account : accounts) {
                requireFree(properties, account.name());
                edited = edited.with(
                        AccountKey.PASSWORD.forAccount(account.name()),
                        hashes.getOrDefault(account.name(), account.hash()));
                for (Map.Entry<Attribute, String> value :
                        attributes.getOrDefault(account.name(), Map.of()).entrySet()) {
                    edited = edited.with(value.getKey().forAccount(account.name()), value.getValue());
                }
            }
            return edited;
        });
    }

    /** In the order in which people find them easily: by key, then by path. */
    private static Map<Attribute, String> attributes(NewLines account) throws ConfigException {
        Map<Attribute, String> sorted = new TreeMap<>(Comparator.comparing(Attribute::key)
                .thenComparing(attribute -> attribute.path().orElse("")));
        for (Map.Entry<String, String> written : account.attributes().entrySet()) {
            sorted.put(attribute(written.getKey(), account.name()), written.getValue());
        }
        return sorted;
    }

    /**
     * Changes what is written for an account, all of it or nothing. An empty value removes the line, so that the default
     * counts.
     *
     * @param values by attribute
     */
    public void set(String name, Map<String, String> values) throws ConfigException, IOException {
        Map<Attribute, String> byKey = new LinkedHashMap<>();
        for (Map.Entry<String, String> value : values.entrySet()) {
            byKey.put(attribute(value.getKey(), name), value.getValue());
        }
        edit(properties -> {
            requireAccount(properties, name);
            PropertiesFile edited = properties;
            for (Map.Entry<Attribute, String> value : byKey.entrySet()) {
                String key = value.getKey().forAccount(name);
                edited = value.getValue().isEmpty() ? edited.without(key) : edited.with(key, value.getValue());
            }
            return edited;
        });
    }

    private static Attribute attribute(String written, String name) throws ConfigException {
        try {
            return Attribute.parse(written)
                    .orElseThrow(() -> new ConfigException(new Problem(
                            written,
                            "is no attribute of an account",
                            AccountKey.remedyFor(written, Attribute.OF_USER + name + "."))));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    new Problem(written, String.valueOf(e.getMessage()), "write an absolute path, as clients see it"));
        }
    }

    /** Gives an account a new password, stored as an Argon2id hash. */
    public void setPassword(String name, String password) throws ConfigException, IOException {
        String hash = Argon2Hash.of(password).text();
        set(name, AccountKey.PASSWORD, hash);
    }

    /** Lets an account log in again. */
    public void enable(String name) throws ConfigException, IOException {
        set(name, AccountKey.ENABLED, "true");
    }

    /** Keeps an account from logging in, and everything that is set for it. */
    public void disable(String name) throws ConfigException, IOException {
        disable(List.of(name), Map.of());
    }

    /**
     * The same for several, in one step: if there is one without an account, none is
     * disabled. Also accounts from elsewhere: the file gets their names, and so decides about them.
     *
     * @param homes of those accounts, by their names
     */
    public void disable(Collection<String> names, Map<String, String> homes) throws ConfigException, IOException {
        edit(properties -> {
            PropertiesFile edited = properties;
            for (String name : names) {
                @Nullable String home = homes.get(name);
                if (home != null && !exists(properties, name)) {
                    edited = edited.with(AccountKey.HOME.forAccount(name), home);
                } else {
                    requireAccount(properties, name);
                }
                edited = edited.with(AccountKey.ENABLED.forAccount(name), "false");
            }
            return edited;
        });
    }

    /** Removes every line of an account; its files stay. */
    public void remove(String name) throws ConfigException, IOException {
        edit(properties -> {
            requireAccount(properties, name);
            return properties.without(key -> isOf(name, key));
        });
    }

    /**
     * Writes what Apache FtpServer's {@link User} says, as its own properties file does: creates the account or replaces its
     * attributes. A password that is null stays as it is; any other is stored as an Argon2id hash.
     */
    void save(User user) throws ConfigException, IOException {
        Map<AccountKey, String> values = new EnumMap<>(AccountKey.class);
        if (user.getPassword() != null) {
            values.put(AccountKey.PASSWORD, Argon2Hash.of(user.getPassword()).text());
        }
        values.put(AccountKey.HOME, Objects.requireNonNullElse(user.getHomeDirectory(), "/"));
        values.put(AccountKey.ENABLED, Boolean.toString(user.getEnabled()));
        values.put(AccountKey.WRITE_PERMISSION, Boolean.toString(user.authorize(new WriteRequest()) != null));
        values.put(AccountKey.IDLE_SECONDS, Integer.toString(user.getMaxIdleTime()));
        // Asking for no session at all is granted always, and the answer names the limits.
        if (user.authorize(new ConcurrentLoginRequest(0, 0)) instanceof ConcurrentLoginRequest logins) {
            values.put(AccountKey.SESSIONS, Integer.toString(logins.getMaxConcurrentLogins()));
            values.put(AccountKey.SESSIONS_PER_ADDRESS, Integer.toString(logins.getMaxConcurrentLoginsPerIP()));
        }
        if (user.authorize(new TransferRateRequest()) instanceof TransferRateRequest rates) {
            values.put(AccountKey.UPLOAD_RATE, Integer.toString(rates.getMaxUploadRate()));
            values.put(AccountKey.DOWNLOAD_RATE, Integer.toString(rates.getMaxDownloadRate()));
        }
        edit(properties -> {
            PropertiesFile edited = properties;
            for (Map.Entry<AccountKey, String> value : values.entrySet()) {
                edited = edited.with(value.getKey().forAccount(user.getName()), value.getValue());
            }
            return edited;
        });
    }

    /**
     * Replaces the stored password if it still is {@code expected}.
     *
     * @return whether it was
     */
    boolean replacePassword(String name, String expected, String replacement) throws ConfigException, IOException {
        String key = AccountKey.PASSWORD.forAccount(name);
        return edit(properties -> properties
                .find(key)
                .filter(entry -> entry.value().equals(expected))
                .map(entry -> properties.with(key, replacement))
                .orElse(properties));
    }

    private void set(String name, AccountKey key, String value) throws ConfigException, IOException {
        edit(properties -> {
            requireAccount(properties, name);
            return properties.with(key.forAccount(name), value);
        });
    }

    private void requireAccount(PropertiesFile properties, String name) throws ConfigException {
        if (!exists(properties, name)) {
            throw new ConfigException(
                    Problem.inFile(file, "there is no account " + name, "see them with: ftpd user list"));
        }
    }

    private static boolean exists(PropertiesFile properties, String name) {
        return properties.entries().stream().anyMatch(entry -> isOf(name, entry.key()));
    }

    /** Whether the key is one of that account, and not of another whose name begins with the same. */
    private static boolean isOf(String name, String key) {
        if (!key.startsWith(Attribute.OF_USER + name + ".")) {
            return false;
        }
        try {
            LineKey parsed = LineKey.parse(key);
            return !parsed.ofGroup() && parsed.name().equals(name);
        } catch (LineKey.Misnamed e) {
            return false;
        }
    }

    /** What an edit makes of the file; the same file if there is nothing to do. */
    @FunctionalInterface
    interface Edit {
        PropertiesFile apply(PropertiesFile properties) throws ConfigException;
    }

    /** Carries out an edit under the locks; returns whether it changed anything. */
    boolean edit(Edit edit) throws ConfigException, IOException {
        IN_THIS_PROCESS.lock();
        try (FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException("the lock on " + lockFile() + " was lost");
            }
            return editLocked(edit);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    private boolean editLocked(Edit edit) throws ConfigException, IOException {
        for (int attempt = 1; ; attempt++) {
            PropertiesFile before = Accounts.propertiesOf(file);
            PropertiesFile after = edit.apply(before);
            if (after.text().equals(before.text())) {
                return false;
            }
            AccountsParser.parse(after);
            try {
                after.save();
                return true;
            } catch (IOException e) {
                boolean changedMeanwhile = !Accounts.propertiesOf(file).text().equals(before.text());
                if (!changedMeanwhile || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Path lockFile() {
        return file.resolveSibling("." + file.getFileName() + ".lock");
    }
}
