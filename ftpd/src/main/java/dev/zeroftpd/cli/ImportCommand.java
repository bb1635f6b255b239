package dev.zeroftpd.cli;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.os.Quantity;
import dev.zeroftpd.users.UsersFile;
import dev.zeroftpd.users.migration.ForeignFormat;
import dev.zeroftpd.users.migration.Migration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ftpd user import}: takes another server's accounts. One thread. */
@Command(
        name = "import",
        description = {
            "Adds the accounts of another server, with their passwords where their hashes can be verified here.",
            "Says of each account that isn't taken why, and of the others what isn't as it was. docs/migration.md has"
                    + " more.",
            "Exit code 1 if there are accounts that can't be taken."
        })
final class ImportCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(
            names = "--from",
            paramLabel = "SERVER",
            required = true,
            description = {
                "vsftpd: names and passwords line by line; proftpd: an AuthUserFile; pureftpd: a pureftpd.passwd;",
                "sftpgo: what dumpdata wrote; passwd: the system's, without its daemons."
            })
    private ForeignFormat from = ForeignFormat.PASSWD;

    @Parameters(paramLabel = "FILE", description = "The other server's file of accounts.")
    private Path file = Path.of("");

    @Option(names = "--shadow", paramLabel = "FILE", description = "With passwd: where the hashes are, /etc/shadow.")
    private @Nullable Path shadow;

    @Option(
            names = "--only",
            paramLabel = "FILE",
            description = "Take only the names in it, one per line, as in vsftpd's user_list.")
    private @Nullable Path only;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Every account's home, with {user} for its name. Default: as in the file.")
    private @Nullable String home;

    @Option(names = "--create-home", description = "Make homes that aren't there.")
    private boolean createHome;

    @Option(
            names = "--write",
            description =
                    "Accounts may also upload, rename and delete where the file doesn't say (only sftpgo's does).")
    private boolean write;

    @Option(names = "--dry-run", description = "Change nothing; only say what would be done.")
    private boolean dryRun;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException, IOException {
        Path accounts = SettingsLoader.load(configuration.sources(terminal))
                .settings()
                .users()
                .file();
        Migration migration = new Migration(
                new UsersFile(accounts),
                new Migration.Choices(
                        Optional.ofNullable(home).map(this::absolute),
                        write,
                        createHome,
                        Optional.ofNullable(only).map(this::here)));
        migration.plan(from, here(file), Optional.ofNullable(shadow).map(this::here));
        migration.report().forEach(terminal.out()::println);
        String some = Quantity.of(migration.taken(), "account");
        if (dryRun) {
            terminal.out().println("Would add " + some + " to " + accounts + "; " + migration.refused() + " not taken");
        } else {
            for (Path made : migration.carryOut()) {
                terminal.out().println("Made " + made + ", which belongs to " + Files.getOwner(made));
            }
            terminal.out().println("Added " + some + " to " + accounts + "; " + migration.refused() + " not taken");
        }
        return migration.refused() == 0 ? Main.FINE : Main.FAILED;
    }

    private Path here(Path typed) {
        return terminal.workingDirectory().resolve(typed);
    }

    private String absolute(String directory) {
        return HomeUri.scheme(directory).isPresent()
                ? directory
                : here(Path.of(directory)).normalize().toString();
    }
}
