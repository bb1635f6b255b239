package dev.zeroftpd.cli;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.config.reader.SettingsSources;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import java.util.ArrayList;
import java.util.List;
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
        try {
            LoadedSettings loaded = SettingsLoader.load(sources);
            Accounts accounts = Accounts.read(loaded.settings().users().file());
            loaded.warnings().forEach(warning -> terminal.err().println("warning: " + warning));
            HomeWarnings.of(accounts.all()).forEach(warning -> terminal.err().println("warning: " + warning));
            baitedAccounts(loaded.settings(), accounts)
                    .forEach(name -> terminal.err()
                            .println("warning: " + name
                                    + " is an account, but also in ban.names: logging in as it is a ban"));
            new ServedSummary(loaded.settings(), accounts).lines().forEach(terminal.out()::println);
            return Main.FINE;
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        }
        addAccountProblems(sources, problems);
        throw new ConfigException(problems);
    }

    private static List<String> baitedAccounts(Settings settings, Accounts accounts) {
        return accounts.all().stream()
                .map(Account::getName)
                .filter(name -> settings.bans().names().stream().anyMatch(name::equalsIgnoreCase))
                .toList();
    }

    /** Bad settings must not hide bad accounts: people want to see everything at once. */
    private static void addAccountProblems(SettingsSources sources, List<Problem> problems) {
        try {
            Accounts.read(SettingsLoader.usersFile(sources));
        } catch (ConfigException e) {
            e.problems().stream().filter(problem -> !problems.contains(problem)).forEach(problems::add);
        }
    }
}
