package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.file.FileAccess;
import dev.zeroftpd.config.plugin.SourceChoice;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The keys that say which plugin knows the accounts that the file doesn't, and that plugin's own, which mean something to it alone.
 * One thread, one load; the keys are for any.
 */
final class SourceReader {

    /** Where the file alone has accounts. */
    static final String FILE = "file";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    static final SettingKey<String> SOURCE = new SettingKey<>("users.source", FILE, name());
    static final SettingKey<Duration> TIMEOUT =
            new SettingKey<>("users.source-timeout", "10s", Units.duration(Duration.ofMillis(1)));
    static final SettingKey<Duration> CACHE =
            new SettingKey<>("users.source-cache", "60s", Units.duration(Duration.ZERO));
    static final SettingKey<Duration> STALE =
            new SettingKey<>("users.source-stale", "0s", Units.duration(Duration.ZERO));

    private final SettingValues values;
    private final RawValues raw;

    SourceReader(SettingValues values, RawValues raw) {
        this.values = values;
        this.raw = raw;
    }

    /** Empty where the file alone has accounts. */
    Optional<SourceChoice> read() {
        String name = values.get(SOURCE);
        Duration timeout = values.get(TIMEOUT);
        Duration cache = values.get(CACHE);
        Duration stale = values.get(STALE);
        if (name.equals(FILE)) {
            return Optional.empty();
        }
        return Optional.of(new SourceChoice(name, ofPlugin(name), timeout, cache, stale));
    }

    /**
     * What stands before the keys of the plugin that the text of {@code users.source} names; empty if it can name none.
     */
    static Optional<String> prefix(String source) {
        return source.equals(FILE) || fault(source).isPresent() ? Optional.empty() : Optional.of(source + ".");
    }

    private SortedMap<String, String> ofPlugin(String name) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, RawValues.RawValue> each :
                raw.startingWith(name + ".").entrySet()) {
            String key = each.getKey().substring(name.length() + 1);
            RawValues.RawValue value = each.getValue();
            if (values.refusesSecret(each.getKey(), value)) {
                continue;
            }
            boolean isFile =
                    key.endsWith(SourceChoice.OF_FILES) && !value.text().isEmpty();
            texts.put(key, isFile ? file(each.getKey(), value) : value.text());
        }
        return texts;
    }

    private String file(String key, RawValues.RawValue value) {
        try {
            Path file = value.base().resolve(value.text()).toAbsolutePath().normalize();
            Optional<String> fault = FileAccess.fault(file);
            fault.ifPresent(found -> values.report(
                    value,
                    key + "=" + value.text() + " names " + file + ", which " + found,
                    "correct the path or the file's mode"));
            return file.toString();
        } catch (InvalidPathException e) {
            values.report(value, key + "=" + value.text() + " is not a path", "name a file");
            return "";
        }
    }

    private static ValueType<String> name() {
        return (text, base) -> {
            String name = text.toLowerCase(Locale.ROOT);
            Optional<String> fault = fault(name);
            if (fault.isPresent()) {
                throw new InvalidValue(fault.get(), "write file, or what a plugin is called, such as ldap or sql");
            }
            return name;
        };
    }

    /** What our own settings begin with can't begin those of a plugin. */
    private static Optional<String> fault(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("is no name of a plugin");
        }
        boolean taken = SettingKeys.ALL.stream().anyMatch(key -> key.name().startsWith(name + "."));
        return taken ? Optional.of("is what settings of the server begin with") : Optional.empty();
    }
}
