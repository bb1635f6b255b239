package dev.zeroftpd.users;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Misreading;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.config.reader.PropertiesFile;
import dev.zeroftpd.os.FailureReason;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All accounts as one reading of {@code users.properties} found them. Immutable; any thread. */
public final class Accounts {

    private final SortedMap<String, Account> byName;
    private final StoredPassword decoy;

    Accounts(List<Account> accounts) {
        SortedMap<String, Account> sorted = new TreeMap<>();
        accounts.forEach(account -> sorted.put(account.getName(), account));
        byName = Collections.unmodifiableSortedMap(sorted);
        decoy = decoyAmong(accounts, HashMemory.OF_THIS_PROCESS);
    }

    /**
     * Reads and checks the file.
     *
     * @throws ConfigException with everything that is wrong in it, also if it can't be read
     */
    public static Accounts read(Path file) throws ConfigException {
        return AccountsParser.parse(propertiesOf(file));
    }

    /** @throws ConfigException also if the file can't be read */
    static PropertiesFile propertiesOf(Path file) throws ConfigException {
        try {
            return PropertiesFile.read(file);
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
        return byName.values();
    }

    /** The account of exactly that name, enabled or not. */
    public Optional<Account> find(String name) {
        return Optional.ofNullable(byName.get(name));
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

    /** One that takes more than the memory for hashes could fail for strangers as often as they like. */
    static StoredPassword decoyAmong(Collection<Account> accounts, HashMemory memory) {
        return accounts.stream()
                .map(Account::storedPassword)
                .filter(StoredPassword::slow)
                .filter(stored -> memory.fits(stored.memoryKiB()))
                .max(Comparator.comparingLong(StoredPassword::cost))
                .orElseGet(Argon2Hash::decoy);
    }
}
