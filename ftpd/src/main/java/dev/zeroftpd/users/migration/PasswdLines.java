package dev.zeroftpd.users.migration;

import dev.zeroftpd.config.reader.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads passwd(5), the system's with shadow(5) or one with hashes in it. Stateless; any thread. */
final class PasswdLines {

    private static final int NAME = 0;
    private static final int HASH = 1;
    private static final int USER_ID = 2;
    private static final int HOME = 5;
    private static final int SHELL = 6;
    private static final int FIELDS = 7;

    private static final int SHADOW_FIELDS = 9;
    private static final int EXPIRES = 7;

    /** Debian's and Red Hat's first account of a person, and the number of the user nobody. */
    private static final long FIRST_PERSON = 1000;

    private static final long NOBODY = 65534;

    private PasswdLines() {}

    /** Accounts that only the other server knows. */
    static List<ForeignAccount> virtual(Path file) throws ConfigException {
        List<ForeignAccount> accounts = new ArrayList<>();
        forEachLine(file, (where, fields) -> {
            ForeignAccount account = account(where, fields);
            if (fields.size() == FIELDS && fields.get(USER_ID).matches("0+")) {
                account.wasRestricted("has root's number, which ProFTPD lets in with RootLogin only");
            }
            accounts.add(account);
        });
        return accounts;
    }

    /** Those of the system, but for its own: daemons and the like are left out. */
    static List<ForeignAccount> ofSystem(Path file, Optional<Path> shadow) throws ConfigException {
        Map<String, List<String>> secrets = shadow.isPresent() ? shadowLines(shadow.get()) : Map.of();
        Optional<Set<String>> shells = shells(file);
        List<ForeignAccount> accounts = new ArrayList<>();
        forEachLine(file, (where, fields) -> {
            if (isPerson(fields)) {
                ForeignAccount account = account(where, fields);
                if (fields.size() == FIELDS && !isLogInShell(fields.get(SHELL), shells)) {
                    account.wasRestricted(
                            "has the shell " + fields.get(SHELL) + ", with which FTP servers let no one in by default");
                }
                if (account.hash().equals("x")) {
                    takeShadow(account, secrets, shadow.isPresent());
                }
                accounts.add(account);
            }
        });
        return accounts;
    }

    /** What stands in shells(5), if that is beside the file: FTP servers ask it by default (pam_shells, RequireValidShell). */
    private static Optional<Set<String>> shells(Path file) throws ConfigException {
        Path list = file.resolveSibling("shells");
        return Files.isReadable(list) ? Optional.of(Set.copyOf(ForeignLines.read(list))) : Optional.empty();
    }

    private static boolean isLogInShell(String shell, Optional<Set<String>> shells) {
        // An empty field means the usual one.
        return shell.isEmpty()
                || shells.map(known -> known.contains(shell))
                        .orElseGet(() -> !shell.endsWith("/nologin") && !shell.endsWith("/false"));
    }

    private static boolean isPerson(List<String> fields) {
        String number = fields.size() == FIELDS ? fields.get(USER_ID) : "";
        if (!number.matches("\\d{1,10}")) {
            return true; // said when it is read
        }
        long id = Long.parseLong(number);
        return id >= FIRST_PERSON && id != NOBODY;
    }

    private static ForeignAccount account(String where, List<String> fields) {
        ForeignAccount account = new ForeignAccount(where, fields.get(NAME));
        if (fields.size() != FIELDS) {
            account.refuse("the line has " + fields.size() + " fields instead of " + FIELDS);
            return account;
        }
        take(account, fields.get(HASH));
        account.home(home(fields.get(HOME)));
        return account;
    }

    /** An exclamation mark before a hash locks the account. */
    private static void take(ForeignAccount account, String stored) {
        String hash = stored.replaceFirst("^!+", "");
        if (!hash.equals(stored) && !hash.isEmpty()) {
            account.disable();
        }
        if (hash.isEmpty() || hash.startsWith("*")) {
            account.refuse("it has no password");
        }
        account.hash(hash);
    }

    /** {@code /home/ann/./dir} marks the root of a chroot; here the home always is the root. */
    private static String home(String written) {
        int mark = written.indexOf("/./");
        return mark > 0 ? written.substring(0, mark) : written;
    }

    private static void takeShadow(ForeignAccount account, Map<String, List<String>> secrets, boolean given) {
        List<String> secret = secrets.get(account.name());
        if (secret == null) {
            account.hash("");
            account.refuse(
                    given
                            ? "the shadow file has no line for it"
                            : "its hash is in the shadow file: name that with --shadow");
            return;
        }
        take(account, secret.get(HASH));
        String expires = secret.size() == SHADOW_FIELDS ? secret.get(EXPIRES) : "";
        if (expires.matches("\\d{1,6}")) {
            // there the first day on which it can't be used, here the last one on which it can
            account.attributes()
                    .put(
                            "expires",
                            LocalDate.ofEpochDay(Long.parseLong(expires) - 1).toString());
        }
    }

    private static Map<String, List<String>> shadowLines(Path file) throws ConfigException {
        Map<String, List<String>> lines = new HashMap<>();
        forEachLine(file, (where, fields) -> {
            if (fields.size() > HASH) {
                lines.put(fields.get(NAME), fields);
            }
        });
        return lines;
    }

    private interface LineTaker {
        void take(String where, List<String> fields);
    }

    private static void forEachLine(Path file, LineTaker taker) throws ConfigException {
        int number = 0;
        for (String line : ForeignLines.read(file)) {
            number++;
            // Lines with a plus or minus are for NIS.
            if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("+") && !line.startsWith("-")) {
                taker.take("line " + number, ForeignLines.fields(line));
            }
        }
    }
}
