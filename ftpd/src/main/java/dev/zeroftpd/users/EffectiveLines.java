package dev.zeroftpd.users;

import dev.zeroftpd.config.reader.PropertiesFile.Entry;
import dev.zeroftpd.users.name.GroupPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the file says for one account: its own lines, and for what they don't say those of its groups, in order. Immutable; any
 * thread.
 */
final class EffectiveLines {

    private final String name;
    private final Map<Attribute, Line> lines;

    private EffectiveLines(String name, Map<Attribute, Line> lines) {
        this.name = name;
        this.lines = lines;
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
        Map<Attribute, Line> lines = new LinkedHashMap<>();
        own.forEach((attribute, entry) -> lines.put(attribute, new Line(entry, Optional.empty(), entry.value())));
        for (Group group : groups) {
            group.lines().forEach((attribute, entry) -> {
                String value = attribute.key().forMember(entry.value(), name);
                lines.putIfAbsent(attribute.forMember(name), new Line(entry, Optional.of(group.name()), value));
            });
        }
        return new EffectiveLines(name, lines);
    }

    /** Whose lines they are. */
    String name() {
        return name;
    }

    Optional<Line> find(AccountKey key) {
        return Optional.ofNullable(lines.get(Attribute.of(key)));
    }

    /** Whether what is written for these keys is so for every member of the groups: none is the account's own, or has its name. */
    boolean areSharedByMembers(AccountKey... keys) {
        Set<AccountKey> wanted = Set.of(keys);
        for (Map.Entry<Attribute, Line> each : lines.entrySet()) {
            boolean counts = wanted.contains(each.getKey().key());
            if (counts
                    && (each.getValue().group().isEmpty()
                            || GroupPath.isOfMember(each.getValue().key()))) {
                return false;
            }
        }
        return true;
    }

    /** The lines of a key for single directories, by their paths. */
    Map<String, Line> byPath(AccountKey key) {
        Map<String, Line> found = new LinkedHashMap<>();
        lines.forEach((attribute, line) -> {
            if (attribute.key() == key && attribute.path().isPresent()) {
                found.put(attribute.path().get(), line);
            }
        });
        return found;
    }
}
