package dev.zeroftpd.users;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Misreading;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.config.reader.PropertiesFile;
import dev.zeroftpd.config.reader.PropertiesText;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.users.password.Argon2Hash;
import dev.zeroftpd.users.password.DearestHash;
import dev.zeroftpd.users.password.HashMemory;
import dev.zeroftpd.users.password.StoredPassword;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All accounts as one reading of {@code users.properties} found them, in a running server also those from elsewhere that have logged
 * in. Any thread; the file's never change, the others come and go.
 */
public final class Accounts {

    /** In the order of the names. */
    private final Map<String, Account> byName;

    private final SharedLines shared;
    private final Others others;
    private final NavigableSet<Instant> ends;
    private final StoredPassword decoy;

    Accounts(List<Account> accounts, SharedLines shared) {
        this.shared = shared;
        this.others = Others.NONE;
        List<Account> sorted = new ArrayList<>(accounts);
        sorted.sort(Comparator.comparing(Account::getName));
        Map<String, Account> map = LinkedHashMap.newLinkedHashMap(sorted.size());
        sorted.forEach(account -> map.put(account.getName(), account));
        byName = Collections.unmodifiableMap(map);
        ends = accounts.stream()
                .flatMap(account -> account.rules().expires().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        decoy = decoyAmong(accounts, HashMemory.OF_THIS_PROCESS::fits);
    }

    private Accounts(Accounts file, Others others) {
        shared = file.shared;
        decoy = file.decoy;
        byName = file.byName;
        ends = file.ends;
        this.others = others;
    }

    /** Accounts that the file doesn't have, as of each moment. Any thread. */
    interface Others {

        Others NONE = new Others() {
            @Override
            public Optional<Account> find(String name) {
                return Optional.empty();
            }

            @Override
            public Collection<Account> all() {
                return List.of();
            }
        };

        Optional<Account> find(String name);

        Collection<Account> all();
    }

    /** These, read from the file, and those beside them; a name that the file has is the file's. */
    Accounts with(Others beside) {
        return new Accounts(this, beside);
    }

    /**
     * An account that another place describes, with what the file says of its groups.
     *
     * @param keys as a line of the file has them behind the account's name
     * @throws ConfigException if it can't be used
     */
    Account visitor(String name, Map<String, String> keys) throws ConfigException {
        return AccountsParser.visitor(shared, name, keys);
    }

    /** The names of all groups, also of those without members. */
    SortedSet<String> groups() {
        return new TreeSet<>(shared.groups().keySet());
    }

    /** Whether the file has an account of that name, enabled or not. */
    boolean isInFile(String name) {
        return byName.containsKey(name);
    }

    /** Whether there is such a group. */
    public boolean hasGroup(String name) {
        return shared.groups().containsKey(name);
    }

    /**
     * Directories in which accounts that aren't known yet may have their homes and folders: those of groups.
     *
     * @param more another path, in which <code>${user}</code> stands for the name
     * @param ofEachAlone whether only paths count in which it does
     */
    public Set<String> treesOfMembers(Optional<String> more, boolean ofEachAlone) {
        return shared.treesOfMembers(more, ofEachAlone);
    }

    /**
     * Reads and checks the file.
     *
     * @throws ConfigException with everything that is wrong in it, also if it can't be read
     */
    public static Accounts read(Path file) throws ConfigException {
        return parse(file, _ -> Optional.empty());
    }

    /**
     * Reads the file again.
     *
     * @throws ConfigException with everything that is wrong in it, also if it can't be read
     */
    Accounts readAgain(Path file) throws ConfigException {
        return parse(file, name -> find(name).map(Account::storedPassword));
    }

    private static Accounts parse(Path file, Function<String, Optional<StoredPassword>> known) throws ConfigException {
        return AccountsParser.parse(file, read(file, PropertiesText::read)::forEach, known);
    }

    /** @throws ConfigException also if the file can't be read */
    static PropertiesFile propertiesOf(Path file) throws ConfigException {
        return read(file, PropertiesFile::read);
    }

    /** How a file is read. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(Path file) throws IOException, ConfigException;
    }

    private static <T> T read(Path file, Reading<T> reading) throws ConfigException {
        try {
            return reading.of(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException(Problem.inFile(
                    file,
                    "there is no such file of accounts",
                    Misreading.comment(file.toString()).orElse("create it, or set users.file to where it is")));
        } catch (IOException e) {
            throw new ConfigException(Problem.inFile(
                    file,
                    "the accounts can't be read: " + FailureReason.of(e),
                    "check users.file and its permissions"));
        }
    }

    /** The accounts in the order of their names. */
    public Collection<Account> all() {
        Collection<Account> beside = others.all();
        if (beside.isEmpty()) {
            return byName.values();
        }
        SortedMap<String, Account> sorted = new TreeMap<>();
        beside.forEach(account -> sorted.put(account.getName(), account));
        sorted.putAll(byName);
        return Collections.unmodifiableCollection(sorted.values());
    }

    /** Whether an account expires behind the first moment, and not behind the second. None does if that is the earlier one. */
    public boolean expireBetween(Instant before, Instant now) {
        return before.isBefore(now)
                && (!ends.subSet(before, false, now, true).isEmpty()
                        || others.all().stream().anyMatch(account -> expiresBetween(account, before, now)));
    }

    private static boolean expiresBetween(Account account, Instant before, Instant now) {
        return account.rules()
                .expires()
                .filter(end -> end.isAfter(before) && !end.isAfter(now))
                .isPresent();
    }

    /** The groups that have no member, in the order of their names. */
    public Collection<String> groupsWithoutMembers() {
        Set<String> left = groups();
        all().forEach(account -> account.groups().forEach(left::remove));
        return left;
    }

    /** The account of exactly that name, enabled or not. */
    public Optional<Account> find(String name) {
        @Nullable Account ofFile = byName.get(name);
        return ofFile == null ? others.find(name) : Optional.of(ofFile);
    }

    /**
     * What a password is compared with that is not known to be right: the account's own hash if that is slow, else the
     * dearest of all accounts for which there is memory. So a name without an account, and one whose stored form is cheap, cost as much time as the
     * dearest account does.
     */
    StoredPassword comparedFor(String name) {
        return find(name)
                .map(Account::storedPassword)
                .filter(StoredPassword::slow)
                .orElse(decoy);
    }

    /** What a name without an account is compared with. */
    StoredPassword decoy() {
        return decoy;
    }

    /**
     * How many times as much what a name without an account is compared with costs as what this one is compared with; 1 or
     * more. An answer that waits for the difference doesn't tell which of several costly hashes there was.
     */
    public double dearness(String name) {
        return DearestHash.times(decoy, comparedFor(name));
    }

    /**
     * One that takes more than the memory for hashes could fail for strangers as often as they like.
     *
     * @param fits whether a hash of this many KiB has room in that memory
     */
    static StoredPassword decoyAmong(Collection<Account> accounts, IntPredicate fits) {
        return accounts.stream()
                .map(Account::storedPassword)
                .filter(StoredPassword::slow)
                .filter(stored -> fits.test(stored.memoryKiB()))
                .max(Comparator.comparingLong(StoredPassword::cost))
                .orElseGet(Argon2Hash::decoy);
    }
}
