package dev.zeroftpd.cli;

import dev.zeroftpd.config.reader.SettingsSources;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The process's surroundings, as the commands see them. One thread: that of the command.
 *
 * @param home where the installation is: its {@code config} directory has the default configuration
 * @param passwordPrompt how a person is asked for a password
 */
record Terminal(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path workingDirectory,
        Path home,
        PasswordPrompt passwordPrompt) {

    /** Set by the launcher; where it isn't, the working directory is taken for the installation. */
    private static final String HOME_PROPERTY = "zeroftpd.home";

    static Terminal ofProcess() {
        return new Terminal(
                System.in,
                System.out,
                System.err,
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Path.of(System.getProperty(HOME_PROPERTY, "")).toAbsolutePath(),
                new ConsolePrompt());
    }

    /**
     * Where the settings are read from, in these surroundings.
     *
     * @param file relative to the working directory
     */
    SettingsSources sources(Optional<Path> file, List<String> assignments) {
        return new SettingsSources(
                file.map(workingDirectory::resolve),
                home.resolve("config").resolve("ftpd.properties"),
                environment,
                assignments,
                workingDirectory);
    }
}
