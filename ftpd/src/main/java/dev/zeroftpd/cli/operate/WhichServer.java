package dev.zeroftpd.cli.operate;

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

    /** Where it answers. */
    Optional<Path> socket(Surroundings surroundings) {
        SettingsSources sources = surroundings.sources().apply(file, assignments);
        return SettingsLoader.controlSocket(sources);
    }
}
