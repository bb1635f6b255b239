package dev.zeroftpd.cli;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.config.reader.SettingsSources;
import dev.zeroftpd.server.privilege.LeastPrivilege;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ftpd check}: finds everything that would keep {@code serve} from starting, without starting it. One thread. */
@Command(
        name = "check",
        description = {
            "Checks the configuration and the accounts, and prints what would be served.",
            "Says everything that is wrong at once; the exit code is 2 then."
        })
final class CheckCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException {
        SettingsSources sources = configuration.sources(terminal);
        List<Problem> problems = new ArrayList<>();
        Optional<LoadedSettings> loaded = found(() -> SettingsLoader.load(sources), problems);
        Optional<Accounts> accounts = found(() -> Accounts.read(SettingsLoader.usersFile(sources)), problems);
        Optional<LeastPrivilege> privilege = loaded.isEmpty()
                ? Optional.empty()
                : found(() -> LeastPrivilege.of(loaded.get().settings()), problems);
        if (loaded.isEmpty() || accounts.isEmpty() || privilege.isEmpty()) {
            throw new ConfigException(problems);
        }
        report(loaded.get(), accounts.get(), privilege.get());
        return Main.FINE;
    }

    /** Bad settings must not hide bad accounts: people want to see everything at once. */
    private static <T> Optional<T> found(Part<T> part, List<Problem> problems) {
        try {
            return Optional.of(part.read());
        } catch (ConfigException e) {
            e.problems().stream().filter(problem -> !problems.contains(problem)).forEach(problems::add);
            return Optional.empty();
        }
    }

    /** What is read from the configuration. */
    @FunctionalInterface
    private interface Part<T> {
        T read() throws ConfigException;
    }

    private void report(LoadedSettings loaded, Accounts accounts, LeastPrivilege privilege) throws ConfigException {
        loaded.warnings().forEach(this::warn);
        HomeWarnings.of(accounts.all()).forEach(this::warn);
        baitedAccounts(loaded.settings(), accounts)
                .forEach(name -> warn(name + " is an account, but also in ban.names: logging in as it is a ban"));
        new ServedSummary(loaded.settings(), accounts).lines().forEach(terminal.out()::println);
        // last, because this process is another user then
        privilege.warnings(accounts).forEach(this::warn);
    }

    private void warn(Object warning) {
        terminal.err().println("warning: " + warning);
    }

    private static List<String> baitedAccounts(Settings settings, Accounts accounts) {
        return accounts.all().stream()
                .map(Account::getName)
                .filter(name -> settings.bans().names().stream().anyMatch(name::equalsIgnoreCase))
                .toList();
    }
}
