package dev.zeroftpd.users;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Misreading;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.config.reader.PropertiesFile;
import dev.zeroftpd.config.reader.PropertiesFile.Entry;
import dev.zeroftpd.config.reader.Units;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads the accounts out of a properties file, and finds everything that is wrong in it. One per reading; one thread.
 *
 * <p>A name may contain dots: the attribute is what follows the last one. Leading and trailing space of a value counts for
 * passwords only.
 */
final class AccountsParser {

    /** What Apache FtpServer takes for a rate, too. */
    private static final Pattern NEGATIVE = Pattern.compile("-\\d+");

    private final Path file;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Map<AccountKey, Entry>> lines = new TreeMap<>();

    private AccountsParser(Path file) {
        this.file = file;
    }

    /** A problem and its line, to report all of them from top to bottom. */
    private record Finding(int line, Problem problem) {}

    /** @throws ConfigException with every problem of the file, from top to bottom */
    static Accounts parse(PropertiesFile properties) throws ConfigException {
        AccountsParser parser = new AccountsParser(properties.file());
        properties.entries().forEach(parser::sort);
        List<Account> accounts = new ArrayList<>();
        parser.lines.forEach(
                (name, entries) -> parser.new Reader(name, entries).read().ifPresent(accounts::add));
        if (!parser.findings.isEmpty()) {
            throw new ConfigException(parser.findings.stream()
                    .sorted(Comparator.comparingInt(Finding::line))
                    .map(Finding::problem)
                    .toList());
        }
        return new Accounts(accounts);
    }

    private void sort(Entry entry) {
        String key = entry.key();
        int dot = key.lastIndexOf('.');
        if (!key.startsWith(AccountKey.PREFIX) || dot < AccountKey.PREFIX.length()) {
            report(entry, "unknown key " + key, "accounts look like ftpserver.user.NAME.homedirectory=DIRECTORY");
            return;
        }
        String name = key.substring(AccountKey.PREFIX.length(), dot);
        String attribute = key.substring(dot + 1);
        Optional<String> fault = AccountName.faultOf(name);
        if (fault.isPresent()) {
            report(entry, fault.get(), "rename it");
            return;
        }
        Optional<AccountKey> known = AccountKey.ofAttribute(attribute);
        if (known.isEmpty()) {
            report(entry, "unknown attribute in " + key, AccountKey.remedyFor(attribute, name));
            return;
        }
        Entry earlier = lines.computeIfAbsent(name, _ -> new EnumMap<>(AccountKey.class))
                .putIfAbsent(known.get(), entry);
        if (earlier != null) {
            report(entry, key + " is set twice", "keep one: it is in line " + earlier.line() + " too");
        }
    }

    /** A value that can't be used may be none that was meant. */
    private void reportValue(Entry entry, String what, String remedy) {
        report(entry, what, Misreading.of(entry).orElse(remedy));
    }

    private void report(Entry entry, String what, String remedy) {
        // An entry that an edit has put in has no line yet.
        Problem problem = entry.line() == 0
                ? Problem.inFile(file, what, remedy)
                : Problem.inLine(file, entry.line(), what, remedy);
        findings.add(new Finding(entry.line(), problem));
    }

    /** Reads one account's lines. */
    private final class Reader {

        private final String name;
        private final Map<AccountKey, Entry> entries;

        Reader(String name, Map<AccountKey, Entry> entries) {
            this.name = name;
            this.entries = entries;
        }

        /** The account, if nothing is wrong with its lines or if what is wrong has been reported. */
        Optional<Account> read() {
            boolean enabled = flag(AccountKey.ENABLED, true);
            StoredPassword password = password();
            boolean writePermission = flag(AccountKey.WRITE_PERMISSION, false);
            int idleSeconds = clamped(Math.max(0, whole(AccountKey.IDLE_SECONDS)));
            LoginLimits logins = new LoginLimits(
                    clamped(number(AccountKey.SESSIONS)), clamped(number(AccountKey.SESSIONS_PER_ADDRESS)));
            AccountRates rates = new AccountRates(
                    rate(AccountKey.UPLOAD_RATE),
                    rate(AccountKey.DOWNLOAD_RATE),
                    rate(AccountKey.UPLOAD_RATE_TOTAL),
                    rate(AccountKey.DOWNLOAD_RATE_TOTAL));
            return home(enabled)
                    .map(home -> new Account(new AccountAttributes(
                            name, password, home, enabled, writePermission, idleSeconds, logins, rates, role())));
        }

        private Optional<String> home(boolean enabled) {
            Entry entry = entries.get(AccountKey.HOME);
            if (entry == null) {
                Entry first = entries.values().stream()
                        .min(Comparator.comparingInt(Entry::line))
                        .orElseThrow();
                report(
                        first,
                        "account " + name + " has no home directory",
                        "add " + AccountKey.HOME.forAccount(name) + "=DIRECTORY");
                return Optional.empty();
            }
            String written = entry.value().strip();
            if (written.isEmpty()) {
                report(entry, entry.key() + " is empty", "name a directory");
                return Optional.empty();
            }
            try {
                String home = Home.resolve(file, written);
                // A disabled account can't log in, so its home may be gone already.
                Optional<Home.Fault> fault = enabled ? Home.fault(home) : Optional.empty();
                fault.ifPresent(
                        found -> reportValue(entry, entry.key() + "=" + written + " " + found.what(), found.remedy()));
                return Optional.of(home);
            } catch (IllegalArgumentException e) {
                reportValue(entry, entry.key() + "=" + written + ": " + e.getMessage(), "name a directory");
                return Optional.empty();
            }
        }

        private StoredPassword password() {
            Entry entry = entries.get(AccountKey.PASSWORD);
            if (entry == null) {
                return new StoredPassword.Missing();
            }
            try {
                return StoredPassword.parse(entry.value());
            } catch (IllegalArgumentException e) {
                report(entry, entry.key() + ": " + e.getMessage(), "give it a new one: ftpd user passwd " + name);
                return new StoredPassword.Missing();
            }
        }

        private boolean flag(AccountKey key, boolean unset) {
            Entry entry = entries.get(key);
            if (entry == null) {
                return unset;
            }
            String written = entry.value().strip();
            if (written.equalsIgnoreCase("true") || written.equalsIgnoreCase("false")) {
                return Boolean.parseBoolean(written);
            }
            reportValue(entry, entry.key() + "=" + written + " is neither true nor false", "write true or false");
            return unset;
        }

        /** Bytes a second; as with Apache FtpServer, everything below 1 is no limit. */
        private long rate(AccountKey key) {
            Entry entry = entries.get(key);
            if (entry == null || NEGATIVE.matcher(entry.value().strip()).matches()) {
                return 0;
            }
            String written = entry.value().strip();
            Optional<Long> bytes = Units.bytes(written);
            if (bytes.isEmpty()) {
                reportValue(
                        entry,
                        entry.key() + "=" + written + " is not a number of bytes a second",
                        Units.HOW_TO_WRITE_BYTES + ", or 0 for no limit");
            }
            return bytes.orElse(0L);
        }

        private Optional<Role> role() {
            Entry entry = entries.get(AccountKey.ROLE);
            if (entry == null) {
                return Optional.empty();
            }
            String written = entry.value().strip();
            return switch (written.toLowerCase(Locale.ROOT)) {
                case "user" -> Optional.of(Role.USER);
                case "admin" -> Optional.of(Role.ADMIN);
                default -> {
                    boolean ofGroup = written.toLowerCase(Locale.ROOT).startsWith("admin:");
                    reportValue(
                            entry,
                            entry.key() + "=" + written
                                    + (ofGroup ? " is for a group, and there are no groups" : " is no role"),
                            "write user or admin");
                    yield Optional.of(Role.USER);
                }
            };
        }

        private long number(AccountKey key) {
            long number = whole(key);
            Entry entry = entries.get(key);
            if (number < 0 && entry != null) {
                report(entry, entry.key() + "=" + number + " is negative", "write 0 for no limit");
                return 0;
            }
            return number;
        }

        private long whole(AccountKey key) {
            Entry entry = entries.get(key);
            if (entry == null) {
                return 0;
            }
            String written = entry.value().strip();
            try {
                return Long.parseLong(written);
            } catch (NumberFormatException e) {
                reportValue(
                        entry,
                        entry.key() + "=" + written + " is not a whole number",
                        "write digits only, 0 for no limit");
                return 0;
            }
        }

        private static int clamped(long number) {
            return (int) Math.min(number, Integer.MAX_VALUE);
        }
    }
}
