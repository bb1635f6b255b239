package dev.zeroftpd.cli;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.config.reader.PropertiesFile;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.AccountView;
import dev.zeroftpd.users.Accounts;
import dev.zeroftpd.users.UsersFile;
import dev.zeroftpd.users.UsersFile.NewAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ftpd user …}: edits the accounts; a running server notices by itself. One thread. */
@Command(
        name = "user",
        description = "Adds, changes, lists and removes accounts. A running server notices without a restart.")
public final class UserCommand {

    private static final String NAME_HELP = "The name to log in with.";

    /** Anonymous clients may give any password (RFC 1635), so there is none to ask for. */
    private static final String ANONYMOUS = "anonymous";

    private final Terminal terminal;

    public UserCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "add",
            description = {
                "Adds an account and asks for its password.",
                "The account anonymous has none, so any client gets in by that name; --password-stdin gives it one.",
                "With --certificate it has none either, unless --password-stdin gives it one: then both are needed."
            })
    int add(
            @Parameters(paramLabel = "NAME", description = NAME_HELP) String name,
            @Option(
                            names = "--home",
                            paramLabel = "DIR",
                            description =
                                    "The directory that the account sees as /. Or a URI, such as jar:file:///a.zip!/."
                                            + " Not needed if a group has one.")
                    Optional<String> home,
            @Option(
                            names = "--groups",
                            paramLabel = "GROUP,…",
                            description = "Groups that say what the account doesn't say itself, in this order.")
                    Optional<String> groups,
            @Option(
                            names = "--certificate",
                            paramLabel = "SUBJECT|SHA-256",
                            description = "Subject (RFC 2253) or fingerprint of the client certificate that logs in.")
                    Optional<String> certificate,
            @Option(names = "--create-home", description = "Make that directory if it isn't there.") boolean createHome,
            @Option(names = "--write", description = "May also upload, rename and delete. Default: may only read.")
                    boolean write,
            @Option(
                            names = "--password-stdin",
                            description = "Take the password from the first line of standard input.")
                    boolean passwordStdin,
            @Mixin ConfigurationOptions configuration)
            throws ConfigException, IOException {
        Path file = file(configuration);
        UsersFile users = new UsersFile(file);
        // Before the password is asked for, twice.
        users.requireNew(name);
        if (home.isEmpty() && groups.isEmpty()) {
            throw new ConfigException(new Problem(
                    "--home", "is missing", "name the account's directory, or with --groups a group that has one"));
        }
        Optional<Path> missing = home.flatMap(this::missing);
        if (missing.isPresent() && !createHome) {
            throw new ConfigException(new Problem(
                    "--home", "there is no directory " + missing.get(), "make it, or let --create-home make it"));
        }
        Optional<String> password = (name.equals(ANONYMOUS) || certificate.isPresent()) && !passwordStdin
                ? Optional.empty()
                : Optional.of(new NewPassword(terminal).get(name, passwordStdin));
        if (Files.notExists(file)) {
            PropertiesFile.empty(file).save();
        }
        if (missing.isPresent()) {
            Files.createDirectories(missing.get());
            terminal.out().println("Made " + missing.get() + ", which belongs to " + Files.getOwner(missing.get()));
        }
        users.add(new NewAccount(name, home.map(this::absoluteHome), write, groups, password, certificate));
        return done("Added " + name + " to " + file);
    }

    /** The home as a path, if it is one and nothing is there. */
    private Optional<Path> missing(String home) {
        return Optional.of(absoluteHome(home))
                .filter(absolute -> HomeUri.scheme(absolute).isEmpty())
                .map(Path::of)
                .filter(Files::notExists);
    }

    /** The account that a command is about, and where it is. */
    static final class ChosenAccount {

        @Parameters(paramLabel = "NAME", description = NAME_HELP)
        private String name = "";

        @Mixin
        private ConfigurationOptions configuration = new ConfigurationOptions();
    }

    @Command(name = "passwd", description = "Gives an account a new password.")
    int passwd(
            @Mixin ChosenAccount account,
            @Option(
                            names = "--password-stdin",
                            description = "Take the password from the first line of standard input.")
                    boolean passwordStdin)
            throws ConfigException, IOException {
        UsersFile users = new UsersFile(file(account.configuration));
        users.setPassword(account.name, new NewPassword(terminal).get(account.name, passwordStdin));
        return done("Changed the password of " + account.name);
    }

    @Command(name = "list", description = "Lists the accounts: name, what it may do, home.")
    int list(@Mixin ConfigurationOptions configuration) throws ConfigException {
        for (Account account : Accounts.read(file(configuration)).all()) {
            terminal.out().println(ServedSummary.account(account));
        }
        return Main.FINE;
    }

    @Command(
            name = "show",
            description = "Shows every value of an account and where it comes from; of its password the form only.")
    int show(@Mixin ChosenAccount account) throws ConfigException {
        for (AccountView value : AccountView.of(file(account.configuration), account.name)) {
            terminal.out()
                    .println(
                            String.format(Locale.ROOT, "%-20s %-32s %s", value.attribute(), value.value(), value.from())
                                    .stripTrailing());
        }
        return Main.FINE;
    }

    @Command(
            name = "set",
            description = {
                "Changes values of an account, all of them or none; everything else in the file stays.",
                "KEY= without a value removes the line, so that the default counts."
            })
    int set(
            @Parameters(paramLabel = "NAME", description = NAME_HELP, index = "0") String name,
            @Parameters(
                            paramLabel = "KEY=VALUE",
                            arity = "1..*",
                            index = "1..*",
                            description = "Such as maxloginnumber=3 or uploadrate=1MiB; see them with: ftpd user show")
                    List<String> assignments,
            @Mixin ConfigurationOptions configuration)
            throws ConfigException, IOException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals <= 0) {
                throw new ConfigException(new Problem(assignment, "has no value", "write KEY=VALUE"));
            }
            String key = assignment.substring(0, equals);
            String value = assignment.substring(equals + 1).strip();
            if (key.equals("userpassword")) {
                throw new ConfigException(new Problem(
                        key, "would be seen by all users of the machine", "change it with: ftpd user passwd " + name));
            }
            values.put(key, key.equals("homedirectory") && !value.isEmpty() ? absoluteHome(value) : value);
        }
        new UsersFile(file(configuration)).set(name, values);
        return done("Changed " + String.join(", ", values.keySet()) + " of " + name);
    }

    @Command(name = "disable", description = "Refuses an account's logins from now on, and keeps its settings.")
    int disable(@Mixin ChosenAccount account) throws ConfigException, IOException {
        new UsersFile(file(account.configuration)).disable(account.name);
        return done("Disabled " + account.name);
    }

    @Command(name = "enable", description = "Lets a disabled account log in again.")
    int enable(@Mixin ChosenAccount account) throws ConfigException, IOException {
        new UsersFile(file(account.configuration)).enable(account.name);
        return done("Enabled " + account.name);
    }

    @Command(name = "remove", description = "Removes an account. The files in its home stay.")
    int remove(@Mixin ChosenAccount account) throws ConfigException, IOException {
        new UsersFile(file(account.configuration)).remove(account.name);
        return done("Removed " + account.name);
    }

    private Path file(ConfigurationOptions configuration) throws ConfigException {
        return SettingsLoader.load(configuration.sources(terminal))
                .settings()
                .users()
                .file();
    }

    /** A path typed in a shell is relative to the shell's directory; in the file it would be relative to the file. */
    private String absoluteHome(String home) {
        return HomeUri.scheme(home).isPresent()
                ? home
                : terminal.workingDirectory().resolve(home).normalize().toString();
    }

    private int done(String message) {
        terminal.out().println(message);
        return Main.FINE;
    }
}
