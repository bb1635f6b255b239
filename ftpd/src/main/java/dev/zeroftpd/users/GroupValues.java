package dev.zeroftpd.users;

import dev.zeroftpd.config.AddressRange;
import dev.zeroftpd.config.reader.PropertiesFile.Entry;
import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.rights.Rights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the lines of groups mean, read once for all members: a hundred thousand accounts of a group with many lines would need
 * memory for each of both otherwise. One per reading of the file; one thread.
 */
final class GroupValues {

    private final Map<Entry, Set<Permission>> permissions = new HashMap<>();
    private final Map<Entry, List<AddressRange>> ranges = new HashMap<>();
    private final Map<List<String>, Rights> rightsOfGroups = new HashMap<>();
    private final Map<List<String>, AccountAttributes.Limits> limits = new HashMap<>();
    private final Map<Rights, Rights> others = new HashMap<>();

    Set<Permission> permissions(EffectiveLines.Line line, Supplier<Set<Permission>> reading) {
        return shared(permissions, line, reading);
    }

    List<AddressRange> ranges(EffectiveLines.Line line, Supplier<List<AddressRange>> reading) {
        return shared(ranges, line, reading);
    }

    private static <T> T shared(Map<Entry, T> known, EffectiveLines.Line line, Supplier<T> reading) {
        return line.group().isPresent() ? known.computeIfAbsent(line.entry(), _ -> reading.get()) : reading.get();
    }

    /** @param groups whose lines alone they come from, in their order, and mean the same for every member */
    Rights rights(List<String> groups, Supplier<Rights> reading) {
        return rightsOfGroups.computeIfAbsent(groups, _ -> same(reading.get()));
    }

    /**
     * The same, as one object for all accounts that have it.
     *
     * @param written what it was read from: texts are compared faster than what they mean
     */
    AccountAttributes.Limits same(List<String> written, AccountAttributes.Limits read) {
        return first(limits, written, read);
    }

    /** The same, as one object for all accounts that have it. */
    Rights same(Rights rights) {
        return first(others, rights, rights);
    }

    private static <K, V> V first(Map<K, V> known, K key, V value) {
        V first = known.putIfAbsent(key, value);
        return first == null ? value : first;
    }
}
