package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.Settings;
import java.util.List;
import java.util.Map;

/**
 * Valid settings and what is worth saying about them. Immutable; any thread.
 *
 * @param warnings possible mistakes that don't prevent a start, such as an unknown {@code FTPD_} variable
 * @param origins for every key that is set: where; the keys that aren't there have their defaults
 * @param texts as they are written
 */
public record LoadedSettings(
        Settings settings, List<Problem> warnings, Map<String, String> origins, SettingTexts texts) {

    /** Takes copies. */
    public LoadedSettings {
        warnings = List.copyOf(warnings);
        origins = Map.copyOf(origins);
    }

    /** The same problems, but those that name only a setting say where it is set, or in which file it isn't. */
    public ConfigException located(ConfigException found) {
        return new ConfigException(found.problems().stream().map(this::located).toList());
    }

    private Problem located(Problem problem) {
        String where = problem.where();
        if (!origins.containsKey(where)
                && SettingKeys.ALL.stream().noneMatch(key -> key.name().equals(where))) {
            return problem;
        }
        String file = settings.file().map(Object::toString).orElse(where);
        return new Problem(origins.getOrDefault(where, file), problem.what(), problem.remedy());
    }
}
