package dev.zeroftpd.cli;

import dev.zeroftpd.config.reader.SettingsSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options with which every command finds its configuration. Filled by picocli; one thread. */
final class ConfigurationOptions {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration. Default: config/ftpd.properties of the installation.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = {"-s", "--set"},
            paramLabel = "KEY=VALUE",
            description = "A setting that counts more than the configuration, such as listener.port=2100. Repeatable.")
    private List<String> assignments = new ArrayList<>();

    SettingsSources sources(Terminal terminal) {
        return terminal.sources(file, assignments);
    }
}
