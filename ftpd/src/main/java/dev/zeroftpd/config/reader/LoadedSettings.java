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
}
