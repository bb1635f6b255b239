package dev.zeroftpd.cli;

import dev.zeroftpd.cli.check.Examination;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.config.reader.SettingsSources;
import dev.zeroftpd.server.privilege.LeastPrivilege;
import dev.zeroftpd.users.Accounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ftpd check}: finds everything that would keep {@code serve} from starting, without starting it. One thread. */
@Command(
        name = "check",
        description = {
            "Checks the configuration and the accounts, and prints what would be served.",
            "Says everything that is wrong at once; the exit code is 2 then. What is only doubtful is a warning."
        })
final class CheckCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(
            names = "--strict",
            description =
                    "Also tries on this machine what a start does: listens on every port for a moment, resolves host"
                            + " names, opens every home. To be run as the server's user, and while it isn't running.")
    private boolean strict;

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException {
        SettingsSources sources = configuration.sources(terminal);
        List<Problem> problems = new ArrayList<>();
        Optional<LoadedSettings> loaded = found(() -> SettingsLoader.load(sources), problems);
        // Bad settings must not hide bad accounts: people want to see everything at once.
        Optional<Accounts> accounts = loaded.map(read -> read.settings().users().file())
                .or(() -> SettingsLoader.usersFile(sources))
                .flatMap(file -> found(() -> Accounts.read(file), problems));
        Optional<LeastPrivilege> privilege = loaded.flatMap(read -> found(() -> LeastPrivilege.of(read), problems));
        Optional<Examination> examined = loaded.map(read -> Examination.of(read, accounts, strict));
        examined.ifPresent(examination -> {
            examination.warnings().forEach(this::warn);
            problems.addAll(examination.problems());
        });
        if (loaded.isEmpty() || accounts.isEmpty() || privilege.isEmpty() || !problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        new ServedSummary(loaded.get().settings(), accounts.get()).lines().forEach(terminal.out()::println);
        // last, because this process is another user then
        privilege.get().warnings(accounts.get()).forEach(this::warn);
        return Main.FINE;
    }

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

    private void warn(String warning) {
        terminal.err().println("warning: " + warning);
    }
}
