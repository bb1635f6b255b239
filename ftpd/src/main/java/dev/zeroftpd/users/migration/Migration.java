package dev.zeroftpd.users.migration;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.config.plugin.UriSecret;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.users.NewLines;
import dev.zeroftpd.users.UsersFile;
import dev.zeroftpd.users.password.PasswordForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes another server's accounts into {@code users.properties}: all that can be taken in one edit. One thread.
 *
 * <p>An account never gets more rights here than it had. Where a restriction has no counterpart, it is taken disabled; where a
 * password can't be verified, or its home isn't there, it isn't taken. Both are said.
 */
public final class Migration {

    /** Stands for the name in {@link Choices#home}. */
    private static final String USER = "{user}";

    private final UsersFile users;
    private final Choices choices;
    private final List<String> report = new ArrayList<>();
    private final List<NewLines> taken = new ArrayList<>();
    private final Set<Path> missing = new HashSet<>();
    private int refused;

    /**
     * What the file can't tell.
     *
     * @param home of all accounts, with {@code {user}} for the name; empty: as the file has it
     * @param writes whether accounts may change files of which the file doesn't say it
     * @param createHomes whether homes are made that aren't there
     * @param only the names to take; empty: all
     */
    public record Choices(Optional<String> home, boolean writes, boolean createHomes, Optional<Path> only) {}

    public Migration(UsersFile users, Choices choices) {
        this.users = users;
        this.choices = choices;
    }

    /** Reads the file and decides; writes nothing. */
    public void plan(ForeignFormat format, Path file, Optional<Path> shadow) throws ConfigException {
        Optional<Set<String>> only = names(choices.only());
        Set<String> seen = new HashSet<>();
        for (ForeignAccount account : format.read(file, shadow)) {
            if (only.isPresent() && !only.get().contains(account.name())) {
                continue;
            }
            if (!seen.add(account.name())) {
                account.refuse("the name has come before");
            }
            Optional<String> refusal = refusal(account);
            if (refusal.isPresent()) {
                refused++;
                say(account, "not taken: " + refusal.get());
            } else {
                take(account);
            }
        }
    }

    /** One name in a line, as in vsftpd's userlist_file. */
    private static Optional<Set<String>> names(Optional<Path> list) throws ConfigException {
        if (list.isEmpty()) {
            return Optional.empty();
        }
        Set<String> names = new HashSet<>();
        for (String line : ForeignLines.read(list.get())) {
            if (!line.isBlank() && !line.startsWith("#")) {
                names.add(line.strip());
            }
        }
        return Optional.of(names);
    }

    private Optional<String> refusal(ForeignAccount account) {
        if (account.refusal().isPresent()) {
            return account.refusal();
        }
        if (UriSecret.isIn(home(account))) {
            return Optional.of("its home" + UriSecret.FAULT + "; " + UriSecret.REMEDY);
        }
        if (account.password().isEmpty()) {
            Optional<String> fault = PasswordForm.fault(account.hash());
            if (fault.isPresent()) {
                return Optional.of(fault.get() + "; give it a new one: ftpd user add '" + account.name() + "' --home '"
                        + home(account) + "'");
            }
        }
        String home = home(account);
        if (home.isEmpty()) {
            return Optional.of("it has no home; name one with --home /srv/ftp/" + USER);
        }
        if (HomeUri.scheme(home).isEmpty() && !Path.of(home).isAbsolute()) {
            return Optional.of("its home " + home + " is not an absolute path; name one with --home /srv/ftp/" + USER);
        }
        if (HomeUri.scheme(home).isEmpty() && Files.notExists(Path.of(home)) && !choices.createHomes()) {
            return Optional.of("its home " + home + " is not there; make it, or let --create-home make it");
        }
        return users.faultOfNew(account.name());
    }

    private String home(ForeignAccount account) {
        String name = account.name();
        // The name becomes a part of a path.
        boolean plain = !name.contains("/") && !name.startsWith(".");
        return choices.home()
                .map(template -> plain ? template.replace(USER, name) : "")
                .orElseGet(account::home);
    }

    private void take(ForeignAccount account) {
        boolean enabled = account.enabled() && account.restrictions().isEmpty();
        String home = home(account);
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("homedirectory", home);
        attributes.put("enableflag", Boolean.toString(enabled));
        if (!account.attributes().containsKey("permissions")) { // which it would take away from, or add to nothing
            attributes.put("writepermission", Boolean.toString(account.writes().orElse(choices.writes())));
        }
        attributes.putAll(account.attributes());
        taken.add(new NewLines(account.name(), account.hash(), account.password(), attributes));
        if (HomeUri.scheme(home).isEmpty() && Files.notExists(Path.of(home))) {
            missing.add(Path.of(home));
        }
        if (!account.restrictions().isEmpty()) {
            say(
                    account,
                    "taken, but disabled: it " + String.join("; it ", account.restrictions())
                            + ", which can't be carried over; 'ftpd user enable " + account.name()
                            + "' lets it in without that");
        } else if (!account.enabled()) {
            say(account, "taken; it was disabled and stays so");
        }
        account.lost().forEach(what -> say(account, "not carried over: " + what));
    }

    private void say(ForeignAccount account, String what) {
        // What is in the file must not drive a terminal, or look like another line.
        report.add((account.where() + ": " + account.name() + ": " + what).replaceAll("\\p{Cntrl}", "?"));
    }

    /** What isn't as it was, a line each. */
    public List<String> report() {
        return List.copyOf(report);
    }

    /** How many accounts are taken. */
    public int taken() {
        return taken.size();
    }

    /** How many accounts of the file are not taken. */
    public int refused() {
        return refused;
    }

    /** Writes the accounts, in one step. Returns the homes that it has made. */
    public List<Path> carryOut() throws ConfigException, IOException {
        List<Path> made = new ArrayList<>();
        for (Path home : missing.stream().sorted().toList()) {
            Files.createDirectories(home);
            made.add(home);
        }
        if (!taken.isEmpty()) {
            users.addAll(taken);
        }
        return made;
    }
}
