package dev.zeroftpd.config.reader;

import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Keys that there may be more of, under names: {@code listener.NAME.port}, {@code tls.NAME.certificate}. Immutable; any thread.
 *
 * @param prefix such as {@code listener.}
 * @param keys those without a name
 */
record KeyFamily(String prefix, List<SettingKey<?>> keys) {

    KeyFamily {
        keys = List.copyOf(keys);
    }

    /** The name in {@code key}, if it is one of the family's. */
    Optional<String> nameIn(String key) {
        for (SettingKey<?> known : keys) {
            String part = known.name().substring(prefix.length());
            int end = key.length() - part.length() - 1;
            if (key.startsWith(prefix) && key.endsWith("." + part) && end > prefix.length()) {
                return Optional.of(key.substring(prefix.length(), end)).filter(name -> name.matches("[A-Za-z0-9_-]+"));
            }
        }
        return Optional.empty();
    }

    /** The names in all of {@code present}, sorted. */
    NavigableSet<String> namesIn(Iterable<String> present) {
        NavigableSet<String> names = new TreeSet<>();
        present.forEach(key -> nameIn(key).ifPresent(names::add));
        return names;
    }

    /** The keys of the name that a key of three parts has. */
    Stream<String> like(String key) {
        String[] parts = key.split("\\.", -1);
        return parts.length == 3 && prefix.equals(parts[0] + ".")
                ? keys.stream().map(known -> known.named(parts[1]).name())
                : Stream.empty();
    }

    /** The key that a variable means under a name that the file doesn't have: in lower case, with hyphens. */
    Optional<String> keyOf(String variable) {
        String start =
                SettingKeys.VARIABLE_PREFIX + prefix.toUpperCase(Locale.ROOT).replace('.', '_');
        for (SettingKey<?> key : keys) {
            String end = "_" + key.variable().substring(start.length());
            if (variable.startsWith(start)
                    && variable.endsWith(end)
                    && variable.length() > start.length() + end.length()) {
                String name = variable.substring(start.length(), variable.length() - end.length());
                return Optional.of(key.named(name.toLowerCase(Locale.ROOT).replace('_', '-'))
                        .name());
            }
        }
        return Optional.empty();
    }
}
