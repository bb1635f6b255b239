package dev.zeroftpd.spi;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the configuration says for a source. Immutable; any thread.
 *
 * @param values by their keys without {@code NAME.} before them; of keys that end in {@code -file}, absolute paths. Such files can
 *     be read in {@link AccountSourceProvider#open} and later
 * @param timeout how long one answer may take
 */
public record SourceSettings(SortedMap<String, String> values, Duration timeout) {

    /** Takes a copy. */
    public SourceSettings {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** The value without space around it; empty where there is none. */
    public Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
