package dev.zeroftpd.users;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.config.plugin.UriSecret;
import dev.zeroftpd.config.reader.NearestName;
import dev.zeroftpd.config.reader.PropertiesFile.Entry;
import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.rights.Rights;
import dev.zeroftpd.users.certificate.AcceptedCertificates;
import dev.zeroftpd.users.limit.AccountRates;
import dev.zeroftpd.users.limit.LoginLimits;
import dev.zeroftpd.users.limit.LoginRules;
import dev.zeroftpd.users.limit.StorageLimits;
import dev.zeroftpd.users.name.GroupPath;
import dev.zeroftpd.users.password.StoredPassword;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads what the lines of one account say, or finds what is wrong in those of a group. One thread.
 *
 * @param groups the names of all groups
 * @param shared what lines of groups mean, which other accounts may have in common with this one
 * @param known the password of an account as it was read before, since reading a hash anew takes time
 */
record AccountReader(
        EffectiveLines lines,
        LineValues values,
        Findings findings,
        Set<String> groups,
        Function<String, Optional<StoredPassword>> known,
        GroupValues shared) {

    private static final String ADMIN_OF = "admin:";

    /** All but those that say something else: a key that is new counts as a limit, and then is at worst shared less than it could be. */
    private static final Set<AccountKey> LIMITS = EnumSet.complementOf(EnumSet.of(
            AccountKey.PASSWORD,
            AccountKey.HOME,
            AccountKey.ENABLED,
            AccountKey.WRITE_PERMISSION,
            AccountKey.GROUPS,
            AccountKey.PERMISSIONS,
            AccountKey.FOLDER,
            AccountKey.ALLOW_FROM,
            AccountKey.EXPIRES,
            AccountKey.TLS,
            AccountKey.CERTIFICATE,
            AccountKey.ROLE));

    /**
     * The account, if nothing is wrong with its lines or if what is wrong has been reported.
     *
     * @param first any line of its own
     * @param fromElsewhere whether these are not lines of the file
     */
    Optional<Account> account(Entry first, List<String> memberOf, boolean fromElsewhere) {
        boolean enabled = values.flag(AccountKey.ENABLED, true);
        StoredPassword password = password();
        Optional<String> home = home(enabled, first);
        AccountAttributes.Limits limits = shared.limits(limitLines(), this::limits, findings);
        Rights rights = lines.areSharedByMembers(AccountKey.PERMISSIONS, AccountKey.WRITE_PERMISSION)
                ? shared.rights(memberOf, this::rights)
                : shared.same(rights());
        LoginLines logins = new LoginLines(lines, findings, shared);
        LoginRules rules = logins.rules();
        AcceptedCertificates certificates = logins.certificates();
        Optional<Role> role = role();
        List<VirtualFolder> folders = folders();
        home.ifPresent(found -> requireApart(found, folders));
        return home.map(found -> new Account(new AccountAttributes(
                lines.name(),
                password,
                found,
                enabled,
                rights,
                limits,
                rules,
                certificates,
                memberOf,
                role,
                folders,
                fromElsewhere)));
    }

    /** Reports what is wrong in the lines of a group, whether or not it has members. */
    void group() {
        values.flag(AccountKey.ENABLED);
        limits();
        rights();
        new LoginLines(lines, findings, shared).lookAt();
        role();
        folders();
        lines.find(AccountKey.HOME)
                .filter(line -> !hasSecret(line, line.stripped()))
                .filter(line -> !GroupPath.isOfMember(line.value()))
                .ifPresent(line -> home(line, true));
    }

    private List<String> limitLines() {
        List<String> written = new ArrayList<>(LIMITS.size());
        for (AccountKey key : LIMITS) {
            written.add(lines.find(key).map(EffectiveLines.Line::stripped).orElse(""));
        }
        return written;
    }

    private AccountAttributes.Limits limits() {
        return new AccountAttributes.Limits(
                values.numberOrNone(AccountKey.IDLE_SECONDS),
                new LoginLimits(values.number(AccountKey.SESSIONS), values.number(AccountKey.SESSIONS_PER_ADDRESS)),
                new AccountRates(
                        values.rate(AccountKey.UPLOAD_RATE),
                        values.rate(AccountKey.DOWNLOAD_RATE),
                        values.rate(AccountKey.UPLOAD_RATE_TOTAL),
                        values.rate(AccountKey.DOWNLOAD_RATE_TOTAL)),
                new StorageLimits(
                        values.bytes(AccountKey.QUOTA_BYTES),
                        values.number(AccountKey.QUOTA_FILES),
                        values.percent(AccountKey.QUOTA_WARN, StorageLimits.DEFAULT_WARNING),
                        values.bytes(AccountKey.UPLOAD_SIZE_MAX),
                        values.days(AccountKey.RETENTION)));
    }

    private Optional<String> home(boolean enabled, Entry first) {
        Optional<EffectiveLines.Line> line = lines.find(AccountKey.HOME);
        if (line.isEmpty()) {
            findings.report(
                    first,
                    "account " + lines.name() + " has no home directory",
                    "add " + AccountKey.HOME.forAccount(lines.name()) + "=DIRECTORY");
            return Optional.empty();
        }
        return home(line.get(), enabled);
    }

    private Optional<String> home(EffectiveLines.Line line, boolean enabled) {
        String written = line.stripped();
        if (written.isEmpty()) {
            findings.report(line.entry(), line.key() + " is empty", "name a directory");
            return Optional.empty();
        }
        requireElement(line);
        if (hasSecret(line, written)) {
            return Optional.empty();
        }
        try {
            String home = Home.resolve(findings.file(), written);
            // A disabled account can't log in, so its home may be gone already.
            Optional<Home.Fault> fault = enabled ? Home.fault(home) : Optional.empty();
            fault.ifPresent(found -> report(line, written, found));
            return Optional.of(home);
        } catch (IllegalArgumentException e) {
            findings.reportValue(
                    line.entry(),
                    line.key() + "=" + UriSecret.shown(written) + ": " + e.getMessage(),
                    "name a directory");
            return Optional.empty();
        }
    }

    private void report(EffectiveLines.Line line, String written, Home.Fault found) {
        String shown = UriSecret.shown(written);
        findings.reportValue(
                line.entry(),
                line.key() + "=" + shown + " " + found.what(),
                shown.equals(written) ? found.remedy() : "name a directory");
    }

    /** Reports a home or folder that has one. It is not repeated, nor is what a comment behind it would leave of it. */
    private boolean hasSecret(EffectiveLines.Line line, String directory) {
        boolean found = UriSecret.isIn(directory);
        if (found) {
            findings.report(line.entry(), line.key() + UriSecret.FAULT, UriSecret.REMEDY);
        }
        return found;
    }

    /** In a group's path, the name must be an element: it would lead elsewhere otherwise. */
    private void requireElement(EffectiveLines.Line line) {
        boolean ofMember = line.group().isPresent()
                && (GroupPath.isOfMember(line.entry().value()) || GroupPath.isOfMember(line.key()));
        if (ofMember && !canHoldName(line)) {
            findings.report(
                    line.entry(),
                    line.key() + ": the name of the account " + lines.name() + " can't be an element of a path",
                    "write " + Attribute.OF_USER + lines.name() + "." + "… itself");
        }
    }

    private boolean canHoldName(EffectiveLines.Line line) {
        return HomeUri.scheme(line.stripped()).isPresent()
                ? GroupPath.canHoldInUri(lines.name())
                : GroupPath.canHold(lines.name());
    }

    private StoredPassword password() {
        Optional<EffectiveLines.Line> line = lines.find(AccountKey.PASSWORD);
        if (line.isEmpty()) {
            return new StoredPassword.Missing();
        }
        String text = line.get().value();
        Optional<StoredPassword> before =
                known.apply(lines.name()).filter(stored -> stored.text().equals(text));
        try {
            return before.isPresent() ? before.get() : StoredPassword.parse(text);
        } catch (IllegalArgumentException e) {
            findings.report(
                    line.get().entry(),
                    line.get().key() + ": " + e.getMessage(),
                    "give it a new one: ftpd user passwd " + lines.name());
            return new StoredPassword.Missing();
        }
    }

    /** Where no permissions are written, write permission decides as in Apache FtpServer; where it is denied, it always does. */
    private Rights rights() {
        Optional<Boolean> writes = values.flag(AccountKey.WRITE_PERMISSION);
        Set<Permission> elsewhere = lines.find(AccountKey.PERMISSIONS)
                .map(this::permissions)
                .orElse(writes.orElse(false) ? Permission.ALL : Permission.READ);
        Map<String, Set<Permission>> byPath = new HashMap<>();
        lines.byPath(AccountKey.PERMISSIONS).forEach((path, line) -> {
            requireElement(line);
            byPath.put(path, permissions(line));
        });
        if (byPath.isEmpty() && elsewhere.equals(Permission.ALL) && writes.orElse(true)) {
            return Rights.ALL;
        }
        Rights written =
                byPath.isEmpty() && elsewhere.equals(Permission.READ) ? Rights.READ : Rights.of(elsewhere, byPath);
        return writes.orElse(true) ? written : written.withoutWriting();
    }

    private Set<Permission> permissions(EffectiveLines.Line line) {
        return shared.permissions(line, () -> permissionsOf(line));
    }

    private Set<Permission> permissionsOf(EffectiveLines.Line line) {
        Set<Permission> all = EnumSet.noneOf(Permission.class);
        List<String> words = new ArrayList<>();
        for (String part : line.value().split(",", -1)) {
            String word = part.strip().toLowerCase(Locale.ROOT);
            words.add(word);
            Optional<Set<Permission>> meant = Permission.meantBy(word);
            if (meant.isEmpty()) {
                findings.reportValue(
                        line.entry(),
                        line.key() + ": " + (word.isEmpty() ? "a permission is missing" : word + " is no permission"),
                        NearestName.to(word, Permission.words())
                                .map(nearest -> "did you mean " + nearest + "?")
                                .orElse("write some of " + String.join(", ", Permission.words())));
            }
            meant.ifPresent(all::addAll);
        }
        if (words.size() > 1 && (words.contains("drop") || words.contains("none"))) {
            String alone = words.contains("drop") ? "drop" : "none";
            findings.report(
                    line.entry(), line.key() + ": " + alone + " stands alone", "remove it, or everything beside it");
        }
        return all;
    }

    /** One that isn't there at the moment keeps no account out. */
    private List<VirtualFolder> folders() {
        lines.find(AccountKey.FOLDER)
                .ifPresent(line -> findings.report(
                        line.entry(),
                        line.key() + " has no path where the folder is seen",
                        "write for example "
                                + Attribute.of(AccountKey.FOLDER, "/shared").forAccount(lines.name())
                                + "=DIRECTORY"));
        Map<String, VirtualFolder> folders = new TreeMap<>();
        lines.byPath(AccountKey.FOLDER).forEach((at, line) -> {
            requireElement(line);
            if (hasSecret(line, VirtualFolder.directory(line.value()))) {
                return;
            }
            try {
                folders.put(at, VirtualFolder.parse(findings.file(), at, line.value()));
            } catch (IllegalArgumentException e) {
                findings.reportValue(
                        line.entry(),
                        line.key() + "=" + UriSecret.shown(line.stripped()) + ": " + e.getMessage(),
                        "write DIRECTORY or DIRECTORY,read-only");
            }
        });
        return List.copyOf(folders.values());
    }

    /**
     * A read-only folder must not lie in a directory that the account can write to by another path. Paths are compared as
     * they are written; {@code check} follows their links.
     */
    private void requireApart(String home, List<VirtualFolder> folders) {
        Map<String, EffectiveLines.Line> written = lines.byPath(AccountKey.FOLDER);
        for (VirtualFolder folder : folders) {
            EffectiveLines.Line line = written.get(folder.at());
            if (line != null && folder.readOnly() && folder.canBeWrittenIn(home, folders)) {
                findings.reportValue(
                        line.entry(),
                        line.key() + "=" + line.stripped()
                                + " is within the account's home, or another folder of it that"
                                + " is not read-only: by a name or a link there, it can be written to",
                        "name a directory that lies apart, or remove ,read-only");
            }
        }
    }

    private Optional<Role> role() {
        return lines.find(AccountKey.ROLE).map(this::role);
    }

    private Role role(EffectiveLines.Line line) {
        String written = line.stripped();
        switch (written.toLowerCase(Locale.ROOT)) {
            case "user" -> {
                return Role.USER;
            }
            case "admin" -> {
                return Role.ADMIN;
            }
            default -> {
                // of a group, or nothing
            }
        }
        if (!written.toLowerCase(Locale.ROOT).startsWith(ADMIN_OF)) {
            findings.reportValue(
                    line.entry(), line.key() + "=" + written + " is no role", "write user, admin or admin:GROUP");
            return Role.USER;
        }
        String group = written.substring(ADMIN_OF.length());
        if (!groups.contains(group)) {
            findings.reportValue(
                    line.entry(),
                    line.key() + "=" + written + ": there is no group " + group,
                    LineKey.remedyForGroup(group, groups));
        }
        return new Role(true, Optional.of(group));
    }
}
