package dev.zeroftpd.users;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.PropertiesFile;
import dev.zeroftpd.config.reader.PropertiesFile.Entry;
import dev.zeroftpd.users.password.StoredPassword;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the accounts and groups out of a properties file, and finds everything that is wrong in it. One per reading; one thread.
 *
 * <p>A name may contain dots: the attribute is what follows the last one, but that of a path. Leading and trailing space of a
 * value counts for passwords only.
 *
 * <p>A file may have a hundred thousand accounts. Where the lines of one stand together and say nothing of groups, which other lines
 * may come to, it is read as soon as the lines of the next one begin, and its lines are dropped: keeping a million of them costs
 * more than reading them.
 */
final class AccountsParser {

    private final Findings findings;
    private final Function<String, Optional<StoredPassword>> known;
    private final GroupValues shared = new GroupValues();

    /** Those of accounts that aren't read yet. */
    private final Map<String, Map<Attribute, Entry>> users = new LinkedHashMap<>();

    private final Map<String, Map<Attribute, Entry>> groups = new TreeMap<>();
    private final Map<String, Membership> memberships = new HashMap<>();
    private final List<Account> accounts = new ArrayList<>();

    /** Accounts that have been read before the end of the file. */
    private final Set<String> early = new HashSet<>();

    /** Whether no account is. */
    private final boolean late;

    /** Whether one was read whose lines don't stand together. */
    private boolean tooEarly;

    /** Whose lines are coming: the begin of their keys, and what they say. Empty outside. */
    private String currentKeys = "";

    private Map<Attribute, Entry> current = Map.of();

    private AccountsParser(Findings findings, Function<String, Optional<StoredPassword>> known, boolean late) {
        this.findings = findings;
        this.known = known;
        this.late = late;
    }

    /** The entries of a file in their order, as often as they are asked for. */
    @FunctionalInterface
    interface Entries {
        void forEach(Consumer<Entry> each) throws ConfigException;
    }

    /** @throws ConfigException with every problem of the file, from top to bottom */
    static Accounts parse(PropertiesFile properties) throws ConfigException {
        return parse(properties.file(), properties.entries()::forEach, _ -> Optional.empty());
    }

    /**
     * The same with passwords that were read before.
     *
     * @param known by the name of the account; the parsed form of the same text is used again
     */
    static Accounts parse(Path file, Entries entries, Function<String, Optional<StoredPassword>> known)
            throws ConfigException {
        AccountsParser parser = sorted(entries, new AccountsParser(new Findings(file), known, false));
        return (parser.tooEarly ? sorted(entries, new AccountsParser(new Findings(file), known, true)) : parser)
                .accounts();
    }

    private Accounts accounts() throws ConfigException {
        groups.forEach((name, lines) ->
                reader(EffectiveLines.of(name, lines, List.of())).group());
        users.forEach((name, lines) -> account(name, lines).ifPresent(accounts::add));
        findings.requireNone();
        return new Accounts(accounts, new SharedLines(findings.file(), groups));
    }

    /**
     * The lines that count for an account.
     *
     * @throws ConfigException if anything is wrong with the keys
     */
    static Optional<EffectiveLines> linesOf(PropertiesFile properties, String name) throws ConfigException {
        AccountsParser parser = sorted(properties.entries()::forEach, late(properties.file()));
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
        AccountsParser parser = late(shared.file());
        parser.groups.putAll(shared.groups());
        Map<Attribute, Entry> lines = new LinkedHashMap<>();
        new TreeMap<>(keys).forEach((key, value) -> parser.sort(lines, new Entry(key, value, 0, false)));
        List<EffectiveLines.Group> memberOf = parser.groupsOf(lines);
        // as lines of a group, in which the name of the account is replaced and looked at
        List<EffectiveLines.Group> written = new ArrayList<>(List.of(new EffectiveLines.Group("", lines)));
        written.addAll(memberOf);
        Optional<Account> account = parser.reader(EffectiveLines.of(name, Map.of(), written))
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

    private static AccountsParser late(Path file) {
        return new AccountsParser(new Findings(file), _ -> Optional.empty(), true);
    }

    private static AccountsParser sorted(Entries entries, AccountsParser parser) throws ConfigException {
        entries.forEach(parser::sort);
        parser.finish();
        return parser;
    }

    private void sort(Entry entry) {
        Optional<Attribute> next = ofCurrent(entry.key());
        if (next.isPresent()) {
            put(current, next.get(), entry);
            return;
        }
        LineKey key;
        try {
            key = LineKey.parse(entry.key());
        } catch (LineKey.Misnamed e) {
            findings.report(entry, String.valueOf(e.getMessage()), e.remedy());
            return;
        }
        if (!key.ofGroup()) {
            begin(key.name());
        }
        put(
                key.ofGroup() ? groups.computeIfAbsent(key.name(), _ -> new LinkedHashMap<>()) : current,
                key.attribute(),
                entry);
    }

    /** What one more line of the same account says, where that can be seen without taking its key apart. */
    private Optional<Attribute> ofCurrent(String key) {
        boolean same = !currentKeys.isEmpty() && key.startsWith(currentKeys);
        return same && key.indexOf('.', currentKeys.length()) < 0 && currentKeys.indexOf('/') < 0
                ? AccountKey.ofAttribute(key.substring(currentKeys.length())).map(Attribute::of)
                : Optional.empty();
    }

    private void put(Map<Attribute, Entry> lines, Attribute attribute, Entry entry) {
        Entry earlier = lines.putIfAbsent(attribute, entry);
        if (earlier != null) {
            findings.report(entry, entry.key() + " is set twice", "keep one: it is in line " + earlier.line() + " too");
        }
    }

    /** Makes this account the current one. */
    private void begin(String name) {
        String keys = Attribute.OF_USER + name + ".";
        if (!keys.equals(currentKeys)) {
            finish();
            tooEarly |= early.contains(name);
            currentKeys = keys;
            current = users.computeIfAbsent(name, _ -> new LinkedHashMap<>());
        }
    }

    /** Reads the current account if nothing that the rest of the file says of others can change it. */
    private void finish() {
        if (late
                || tooEarly
                || currentKeys.isEmpty()
                || current.keySet().stream().anyMatch(AccountsParser::isOfGroups)) {
            return;
        }
        String name = currentKeys.substring(Attribute.OF_USER.length(), currentKeys.length() - 1);
        account(name, current).ifPresent(accounts::add);
        users.remove(name);
        early.add(name);
    }

    private static boolean isOfGroups(Attribute attribute) {
        return attribute.key() == AccountKey.GROUPS || attribute.key() == AccountKey.ROLE;
    }

    private Optional<Account> account(String name, Map<Attribute, Entry> own) {
        Membership memberOf = membership(own);
        return reader(EffectiveLines.of(name, own, memberOf.groups()))
                .account(own.values().iterator().next(), memberOf.names(), false);
    }

    private AccountReader reader(EffectiveLines lines) {
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
