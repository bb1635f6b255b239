package dev.zeroftpd.users;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.PropertiesFile;
import dev.zeroftpd.config.reader.PropertiesFile.Entry;
import dev.zeroftpd.users.password.StoredPassword;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the accounts and groups out of a properties file, and finds everything that is wrong in it. One per reading; one thread.
 *
 * <p>A name may contain dots: the attribute is what follows the last one, but that of a path. Leading and trailing space of a
 * value counts for passwords only.
 */
final class AccountsParser {

    private final Findings findings;
    private final GroupValues shared = new GroupValues();
    private final Map<String, Map<Attribute, Entry>> users = new LinkedHashMap<>();
    private final Map<String, Map<Attribute, Entry>> groups = new TreeMap<>();
    private final Map<String, Membership> memberships = new HashMap<>();

    private AccountsParser(Findings findings) {
        this.findings = findings;
    }

    /** @throws ConfigException with every problem of the file, from top to bottom */
    static Accounts parse(PropertiesFile properties) throws ConfigException {
        return parse(properties, _ -> Optional.empty());
    }

    /**
     * The same with passwords that were read before.
     *
     * @param known by the name of the account; the parsed form of the same text is used again
     */
    static Accounts parse(PropertiesFile properties, Function<String, Optional<StoredPassword>> known)
            throws ConfigException {
        AccountsParser parser = sorted(properties, new Findings(properties.file()));
        parser.groups.forEach((name, lines) ->
                parser.reader(EffectiveLines.of(name, lines, List.of()), known).group());
        List<Account> accounts = new ArrayList<>();
        parser.users.forEach((name, lines) -> parser.account(name, lines, known).ifPresent(accounts::add));
        parser.findings.requireNone();
        return new Accounts(accounts, new SharedLines(properties.file(), parser.groups));
    }

    /**
     * The lines that count for an account.
     *
     * @throws ConfigException if anything is wrong with the keys
     */
    static Optional<EffectiveLines> linesOf(PropertiesFile properties, String name) throws ConfigException {
        AccountsParser parser = sorted(properties, new Findings(properties.file()));
        Optional<EffectiveLines> lines = Optional.ofNullable(parser.users.get(name))
                .map(own -> EffectiveLines.of(name, own, parser.groupsOf(own)));
        parser.findings.requireNone();
        return lines;
    }

    /**
     * Reads an account that another place than the file describes, with what the file says of groups.
     *
     * @param keys such as {@code homedirectory}, with values as the file would have them; <code>${user}</code> in a path is the name
     * @throws ConfigException with everything that is wrong
     */
    static Account visitor(SharedLines shared, String name, Map<String, String> keys) throws ConfigException {
        AccountsParser parser = new AccountsParser(new Findings(shared.file()));
        parser.groups.putAll(shared.groups());
        Map<Attribute, Entry> lines = new LinkedHashMap<>();
        new TreeMap<>(keys).forEach((key, value) -> parser.sort(lines, new Entry(key, value, 0, false)));
        List<EffectiveLines.Group> memberOf = parser.groupsOf(lines);
        // as lines of a group, in which the name of the account is replaced and looked at
        List<EffectiveLines.Group> written = new ArrayList<>(List.of(new EffectiveLines.Group("", lines)));
        written.addAll(memberOf);
        Optional<Account> account = parser.reader(EffectiveLines.of(name, Map.of(), written), _ -> Optional.empty())
                .account(
                        new Entry(name, "", 0, false),
                        memberOf.stream().map(EffectiveLines.Group::name).toList(),
                        true);
        parser.findings.requireNone();
        return account.orElseThrow();
    }

    private void sort(Map<Attribute, Entry> lines, Entry entry) {
        try {
            Optional<Attribute> attribute =
                    Attribute.parse(entry.key()).filter(found -> found.key() != AccountKey.PASSWORD);
            if (attribute.isEmpty()) {
                findings.report(entry, "an account has no " + entry.key(), "leave it out");
            } else if (lines.putIfAbsent(attribute.get(), entry) != null) {
                findings.report(entry, entry.key() + " is said twice", "say it once");
            }
        } catch (IllegalArgumentException e) {
            findings.report(entry, entry.key() + ": " + e.getMessage(), "write an absolute path, as clients see it");
        }
    }

    private static AccountsParser sorted(PropertiesFile properties, Findings findings) {
        AccountsParser parser = new AccountsParser(findings);
        properties.entries().forEach(parser::sort);
        return parser;
    }

    private void sort(Entry entry) {
        LineKey key;
        try {
            key = LineKey.parse(entry.key());
        } catch (LineKey.Misnamed e) {
            findings.report(entry, String.valueOf(e.getMessage()), e.remedy());
            return;
        }
        Entry earlier = (key.ofGroup() ? groups : users)
                .computeIfAbsent(key.name(), _ -> new LinkedHashMap<>())
                .putIfAbsent(key.attribute(), entry);
        if (earlier != null) {
            findings.report(entry, entry.key() + " is set twice", "keep one: it is in line " + earlier.line() + " too");
        }
    }

    private Optional<Account> account(
            String name, Map<Attribute, Entry> own, Function<String, Optional<StoredPassword>> known) {
        Membership memberOf = membership(own);
        return reader(EffectiveLines.of(name, own, memberOf.groups()), known)
                .account(own.values().iterator().next(), memberOf.names(), false);
    }

    private AccountReader reader(EffectiveLines lines, Function<String, Optional<StoredPassword>> known) {
        return new AccountReader(lines, new LineValues(lines, findings), findings, groups.keySet(), known, shared);
    }

    /** What a list of groups says, for all accounts that have it. */
    private record Membership(List<EffectiveLines.Group> groups, List<String> names) {

        static final Membership NONE = new Membership(List.of(), List.of());

        static Membership of(List<EffectiveLines.Group> groups) {
            return new Membership(
                    groups, groups.stream().map(EffectiveLines.Group::name).toList());
        }
    }

    private Membership membership(Map<Attribute, Entry> own) {
        Entry entry = own.get(Attribute.of(AccountKey.GROUPS));
        if (entry == null) {
            return Membership.NONE;
        }
        @Nullable Membership known = memberships.get(entry.value());
        if (known != null) {
            return known;
        }
        Membership found = Membership.of(groupsOf(own));
        if (found.groups().size() == entry.value().split(",", -1).length) { // what is wrong is reported for each line
            memberships.put(entry.value(), found);
        }
        return found;
    }

    /** The groups that an account names, without those that aren't there, which are reported. */
    private List<EffectiveLines.Group> groupsOf(Map<Attribute, Entry> own) {
        Entry entry = own.get(Attribute.of(AccountKey.GROUPS));
        if (entry == null || entry.value().isBlank()) {
            return List.of();
        }
        Map<String, EffectiveLines.Group> found = new LinkedHashMap<>();
        for (String part : entry.value().split(",", -1)) {
            String name = part.strip();
            Map<Attribute, Entry> lines = groups.get(name);
            if (lines == null) {
                findings.reportValue(
                        entry,
                        entry.key() + ": " + (name.isEmpty() ? "a group is missing" : "there is no group " + name),
                        LineKey.remedyForGroup(name, groups.keySet()));
            } else if (found.put(name, new EffectiveLines.Group(name, lines)) != null) {
                findings.report(entry, entry.key() + " names " + name + " twice", "keep one");
            }
        }
        return List.copyOf(found.values());
    }
}
