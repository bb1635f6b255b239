package dev.zeroftpd.cli.operate;

import dev.zeroftpd.config.reader.SettingsSources;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What these commands need of the process that they run in. Immutable; one thread.
 *
 * @param sources where the settings are, by the options --config and --set
 */
public record Surroundings(
        InputStream in,
        PrintStream out,
        PrintStream err,
        BiFunction<Optional<Path>, List<String>, SettingsSources> sources) {}
