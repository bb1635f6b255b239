package dev.zeroftpd.users;

import dev.zeroftpd.config.reader.PropertiesFile.Entry;
import dev.zeroftpd.users.name.GroupPath;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the file says for one account: its own lines, and for what they don't say those of its groups, in order. Immutable; any
 * thread.
 */
final class EffectiveLines {

    private final String name;

    /** Those for all of the account: of a hundred thousand accounts, thirty keys are looked for in each. */
    private final Map<AccountKey, Line> whole = new EnumMap<>(AccountKey.class);

    /** Those for single directories. */
    private final Map<Attribute, Line> ofDirectories = new LinkedHashMap<>(0);

    private EffectiveLines(String name) {
        this.name = name;
    }

    /**
     * A line that counts.
     *
     * @param group whose line it is; empty for the account's own
     * @param value as it stands there, but with the account's name for <code>${user}</code>
     */
    record Line(Entry entry, Optional<String> group, String value) {

        String key() {
            return entry.key();
        }

        /** Without the space around it, which counts in passwords only. */
        String stripped() {
            return value.strip();
        }
    }

    /** The lines of a group. */
    record Group(String name, Map<Attribute, Entry> lines) {}

    static EffectiveLines of(String name, Map<Attribute, Entry> own, List<Group> groups) {
        EffectiveLines lines = new EffectiveLines(name);
        own.forEach((attribute, entry) -> lines.add(attribute, new Line(entry, Optional.empty(), entry.value())));
        for (Group group : groups) {
            group.lines().forEach((attribute, entry) -> {
                String value = attribute.key().forMember(entry.value(), name);
                lines.add(attribute.forMember(name), new Line(entry, Optional.of(group.name()), value));
            });
        }
        return lines;
    }

    /** The first one counts. */
    private void add(Attribute attribute, Line line) {
        if (attribute.path().isEmpty()) {
            whole.putIfAbsent(attribute.key(), line);
        } else {
            ofDirectories.putIfAbsent(attribute, line);
        }
    }

    /** Whose lines they are. */
    String name() {
        return name;
    }

    Optional<Line> find(AccountKey key) {
        return Optional.ofNullable(whole.get(key));
    }

    /** Whether what is written for these keys is so for every member of the groups: none is the account's own, or has its name. */
    boolean areSharedByMembers(AccountKey... keys) {
        for (AccountKey key : keys) {
            if (!find(key).map(EffectiveLines::isSharedByMembers).orElse(true)
                    || !byPath(key).values().stream().allMatch(EffectiveLines::isSharedByMembers)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSharedByMembers(Line line) {
        return line.group().isPresent() && !GroupPath.isOfMember(line.key());
    }

    /** The lines of a key for single directories, by their paths. */
    Map<String, Line> byPath(AccountKey key) {
        if (ofDirectories.isEmpty()) {
            return Map.of();
        }
        Map<String, Line> found = new LinkedHashMap<>();
        ofDirectories.forEach((attribute, line) -> {
            if (attribute.key() == key) {
                found.put(attribute.path().orElseThrow(), line);
            }
        });
        return found;
    }
}
