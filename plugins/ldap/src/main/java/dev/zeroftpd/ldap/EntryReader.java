package dev.zeroftpd.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.zeroftpd.ldap.LdapSettings.AccountMapping;
import dev.zeroftpd.ldap.LdapSettings.GroupLookup;
import dev.zeroftpd.spi.LoginAnswer;
import dev.zeroftpd.spi.LoginQuestion;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes keys of an account out of its entry and those of its groups. Immutable; any thread. */
final class EntryReader {

    /** Far more than anybody is in; a directory may refuse to send more anyway. */
    private static final int MOST_GROUPS = 1000;

    /** Keys that take several words, with commas between them; of others the first value counts. */
    private static final Set<String> LISTS = Set.of("groups", "permissions", "allow-from");

    private final AccountMapping mapping;
    private final Duration timeout;

    EntryReader(AccountMapping mapping, Duration timeout) {
        this.mapping = mapping;
        this.timeout = timeout;
    }

    /** Those of an account's entry that mean something. */
    String[] attributes() {
        return Stream.of(
                        Stream.of(mapping.nameAttribute()),
                        mapping.attributes().values().stream(),
                        mapping.groups().memberOf().stream())
                .flatMap(names -> names)
                .distinct()
                .toArray(String[]::new);
    }

    /** What a search may take; the directory knows whole seconds only. */
    int seconds() {
        return Math.toIntExact(Math.max(1, timeout.toSeconds()));
    }

    /**
     * Whether the entry has exactly this name. To a directory, Bob, BOB and "bob " may be one; to the server they would be three
     * accounts, each with limits of its own.
     */
    boolean isNamed(SearchResultEntry entry, String name) {
        return values(entry, mapping.nameAttribute()).contains(name);
    }

    LoginAnswer account(SearchResultEntry entry, LoginQuestion question, LDAPInterface by) throws LDAPException {
        Map<String, String> keys = new TreeMap<>();
        mapping.home().ifPresent(home -> keys.put("homedirectory", home));
        mapping.attributes().forEach((key, attribute) -> {
            List<String> values = values(entry, attribute);
            if (!values.isEmpty()) {
                // sorted: a directory sends them in any order, and another order would be another account
                keys.put(key, LISTS.contains(key) ? String.join(",", new TreeSet<>(values)) : values.getFirst());
            }
        });
        GroupLookup lookup = mapping.groups();
        Set<String> found = new TreeSet<>(ofDirectory(entry, question, by));
        found.retainAll(question.groups());
        Set<String> groups = new LinkedHashSet<>(found);
        if (lookup.required() && groups.isEmpty()) {
            return new LoginAnswer.No();
        }
        groups.addAll(lookup.always());
        if (!groups.isEmpty()) {
            String own = keys.get("groups");
            keys.put("groups", own == null ? String.join(",", groups) : merged(own, groups));
        }
        return new LoginAnswer.Yes(keys);
    }

    private static String merged(String own, Set<String> groups) {
        Set<String> all = new LinkedHashSet<>(Arrays.asList(own.split("\\s*,\\s*", -1)));
        all.addAll(groups);
        return String.join(",", all);
    }

    private Set<String> ofDirectory(SearchResultEntry entry, LoginQuestion question, LDAPInterface by)
            throws LDAPException {
        GroupLookup lookup = mapping.groups();
        Set<String> names = new LinkedHashSet<>();
        lookup.memberOf()
                .ifPresent(attribute ->
                        values(entry, attribute).forEach(dn -> groupOf(dn).ifPresent(names::add)));
        if (lookup.base().isPresent()) {
            SearchRequest request = new SearchRequest(
                    lookup.base().get().toString(),
                    SearchScope.SUB,
                    DereferencePolicy.NEVER,
                    MOST_GROUPS,
                    seconds(),
                    false,
                    Filters.of(lookup.filter(), Map.of(NameTemplate.USER, question.name(), Filters.DN, entry.getDN())),
                    lookup.nameAttribute());
            found(by, request).forEach(group -> names.addAll(values(group, lookup.nameAttribute())));
        }
        return names;
    }

    /** The first ones, if there are too many. */
    private static List<SearchResultEntry> found(LDAPInterface by, SearchRequest request) throws LDAPException {
        try {
            return by.search(request).getSearchEntries();
        } catch (LDAPSearchException e) {
            if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                return e.getSearchEntries();
            }
            throw e;
        }
    }

    /**
     * What a group is called whose distinguished name this is; empty for one that isn't below {@code ldap.group-base}: who may make
     * groups elsewhere in the directory must not choose which of ours an account is in.
     */
    private Optional<String> groupOf(String dn) {
        GroupLookup lookup = mapping.groups();
        try {
            DN parsed = new DN(dn);
            @Nullable RDN first = parsed.getRDN();
            boolean isOurs = lookup.base().isPresent()
                    && parsed.isDescendantOf(lookup.base().get(), false);
            return first == null || !isOurs ? Optional.empty() : Optional.of(first.getAttributeValues()[0]);
        } catch (LDAPException e) {
            return Optional.empty(); // no group of ours is called so
        }
    }

    private static List<String> values(SearchResultEntry entry, String attribute) {
        String @Nullable [] values = entry.getAttributeValues(attribute);
        return values == null ? List.of() : List.of(values);
    }
}
