package dev.zeroftpd.config.plugin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which plugin knows the accounts that the file doesn't. Immutable; any thread.
 *
 * @param name of the source, as {@code users.source} has it
 * @param values of the plugin's own settings, by their keys without the name before them; files as absolute paths
 * @param timeout how long an answer may take
 * @param cache how long a right password is known without asking again
 * @param stale how long it is while the source doesn't answer
 */
public record SourceChoice(
        String name, SortedMap<String, String> values, Duration timeout, Duration cache, Duration stale) {

    /** Ends the keys whose values are files. */
    public static final String OF_FILES = "-file";

    /** Takes a copy. */
    public SourceChoice {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** Where its accounts have their homes, as its settings say it with <code>${user}</code>; empty if they don't. */
    public Optional<String> home() {
        return Optional.ofNullable(values.get("home")).map(String::strip).filter(home -> !home.isEmpty());
    }

    /** The files that its settings name. */
    public List<Path> files() {
        return values.entrySet().stream()
                .filter(each ->
                        each.getKey().endsWith(OF_FILES) && !each.getValue().isEmpty())
                .map(each -> Path.of(each.getValue()))
                .toList();
    }

    /** Those of them that hold a password. */
    public List<Path> secrets() {
        return values.entrySet().stream()
                .filter(each -> each.getKey().endsWith("password" + OF_FILES)
                        && !each.getValue().isEmpty())
                .map(each -> Path.of(each.getValue()))
                .toList();
    }
}
