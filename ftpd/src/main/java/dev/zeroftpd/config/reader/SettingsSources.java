package dev.zeroftpd.config.reader;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the settings of one start come from. Immutable; any thread.
 *
 * @param file what {@code --config} names: it must be there
 * @param defaultFile read where {@code file} is empty and it exists; the default of {@code users.file} is relative to its
 *     directory in any case
 * @param environment variables; those that begin with {@code FTPD_} count
 * @param assignments {@code key=value} each, as {@code --set} gives them
 * @param workingDirectory what paths from the environment and {@code --set} are relative to
 */
public record SettingsSources(
        Optional<Path> file,
        Path defaultFile,
        Map<String, String> environment,
        List<String> assignments,
        Path workingDirectory) {

    /** Takes copies. */
    public SettingsSources {
        environment = Map.copyOf(environment);
        assignments = List.copyOf(assignments);
        workingDirectory = workingDirectory.toAbsolutePath().normalize();
    }

    /** Only a file: no environment, no assignments. */
    public static SettingsSources ofFile(Path file) {
        return new SettingsSources(Optional.of(file), file, Map.of(), List.of(), Path.of(""));
    }
}
