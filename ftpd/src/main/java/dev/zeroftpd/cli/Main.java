package dev.zeroftpd.cli;

import dev.zeroftpd.cli.operate.OperatorCommands;
import dev.zeroftpd.cli.operate.Surroundings;
import dev.zeroftpd.config.reader.ConfigException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The {@code ftpd} command, and the only place that ends the process. One thread. */
@Command(
        name = "ftpd",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        description = {
            "An FTP server whose downloads go from the page cache to the socket.",
            "",
            "First steps:",
            "  ftpd serve                           starts it, with anonymous read-only access to ftp-root",
            "  ftpd user add ann --home /srv/ann    adds an account",
            "  ftpd check                           says what is configured, or what is wrong with it",
            ""
        },
        footer = {"", "Exit codes: 0 fine, 1 something failed, 2 wrong usage or configuration, 3 no server answers."})
public final class Main {

    static final int FINE = 0;
    static final int FAILED = 1;
    static final int WRONG = 2;

    private Main() {}

    /** Runs what was typed and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Terminal terminal = Terminal.ofProcess();
        LogConfiguration.use(terminal.home());
        System.exit(run(terminal, arguments));
    }

    /** Runs what was typed; returns the exit code. */
    static int run(Terminal terminal, String... arguments) {
        Optional<PlainServe> serve = PlainServe.of(arguments);
        if (serve.isEmpty()) {
            return runByPicocli(terminal, arguments);
        }
        try {
            return Serving.run(
                    terminal, terminal.sources(serve.get().file(), serve.get().assignments()));
        } catch (ConfigException | IOException | RuntimeException e) {
            return report(e, terminal);
        }
    }

    private static int runByPicocli(Terminal terminal, String... arguments) {
        CommandLine commands = new CommandLine(new Main())
                .addSubcommand(new ServeCommand(terminal))
                .addSubcommand(new CheckCommand(terminal))
                .addSubcommand(new CommandLine(new UserCommand(terminal)).addSubcommand(new ImportCommand(terminal)));
        OperatorCommands.all(operating(terminal)).forEach(commands::addSubcommand);
        commands.addSubcommand(new CommandLine.HelpCommand());
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setOut(writer(terminal.out()));
        commands.setErr(writer(terminal.err()));
        commands.setParameterExceptionHandler(new WrongUsage());
        commands.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, terminal));
        return commands.execute(arguments);
    }

    private static Surroundings operating(Terminal terminal) {
        return new Surroundings(terminal.in(), terminal.out(), terminal.err(), terminal::sources);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    private static int report(Exception failure, Terminal terminal) {
        if (failure instanceof ConfigException refused) {
            refused.problems().forEach(problem -> terminal.err().println("error: " + problem));
            return WRONG;
        }
        terminal.err().println("error: " + FailureText.of(failure));
        return FAILED;
    }

    /** From the jar's manifest. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            Optional<String> version =
                    Optional.ofNullable(Main.class.getPackage().getImplementationVersion());
            return new String[] {"ZeroFTPd " + version.orElse("(not built as a jar)")};
        }
    }
}
