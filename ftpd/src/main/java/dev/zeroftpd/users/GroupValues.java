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
import org.jspecify.annotations.Nullable;

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
     * The limits, as one object for all accounts that have the same.
     *
     * @param written what they are read from: most accounts of a file say the same
     * @param findings of the reading: what is wrong is found for each account
     */
    AccountAttributes.Limits limits(
            List<String> written, Supplier<AccountAttributes.Limits> reading, Findings findings) {
        AccountAttributes.@Nullable Limits before = limits.get(written);
        if (before != null) {
            return before;
        }
        int found = findings.count();
        AccountAttributes.Limits read = reading.get();
        if (findings.count() == found) {
            limits.put(written, read);
        }
        return read;
    }

    /** The same, as one object for all accounts that have it. */
    Rights same(Rights rights) {
        Rights first = others.putIfAbsent(rights, rights);
        return first == null ? rights : first;
    }
}
