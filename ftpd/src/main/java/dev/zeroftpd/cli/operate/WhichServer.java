package dev.zeroftpd.cli.operate;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.config.reader.SettingsSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which server is meant: the same as it was started with. Filled by picocli; one thread. */
final class WhichServer {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration of the server that is meant. Default: config/ftpd.properties of the"
                    + " installation.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = {"-s", "--set"},
            paramLabel = "KEY=VALUE",
            description = "A setting that counts more than the configuration, such as control.socket=PATH. Repeatable.")
    private List<String> assignments = new ArrayList<>();

    /**
     * Where it answers.
     *
     * @throws Unanswered if these options, or the file that they name, don't tell
     */
    Optional<Path> socket(Surroundings surroundings) throws Unanswered {
        SettingsSources sources = surroundings.sources().apply(file, assignments);
        try {
            return SettingsLoader.controlSocket(sources);
        } catch (ConfigException e) {
            throw new Unanswered(String.valueOf(e.getMessage()), ExitCode.WRONG);
        }
    }
}
