package dev.zeroftpd.server.quota;

import dev.zeroftpd.operator.OperatedServer.Lines;
import dev.zeroftpd.operator.Refused;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.storage.Room;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.ftplet.HomeFileSystemFactory;
import dev.zeroftpd.storage.ftplet.HomeTree;
import dev.zeroftpd.storage.quota.HomeUsage;
import dev.zeroftpd.storage.quota.HomeWalk;
import dev.zeroftpd.storage.quota.Pace;
import dev.zeroftpd.users.Account;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What operators ask of quotas and retention, and order. Any thread; all but {@link #show} blocks. */
public final class QuotaOrders {

    private final Quotas quotas;
    private final HomeFileSystemFactory homes;
    private final QuotaEvents events;

    QuotaOrders(Quotas quotas, HomeFileSystemFactory homes, QuotaEvents events) {
        this.quotas = quotas;
        this.homes = homes;
        this.events = events;
    }

    /** Used bytes per account with a quota, for those that have used the largest part of it. */
    public record Used(String account, long bytes, double part) {}

    /** Of all accounts that have a quota. */
    public List<Used> used() {
        return quotas.users().accounts().all().stream()
                .filter(account -> account.storage().hasQuota())
                .<Used>mapMulti((account, out) -> {
                    LimitedHome home = quotas.known(account);
                    if (home != null) {
                        Room room = home.usage().room(Quotas.limits(account));
                        out.accept(new Used(account.getName(), room.bytes(), part(room)));
                    }
                })
                .toList();
    }

    private static double part(Room room) {
        return Math.max((double) room.bytes() / room.mostBytes(), (double) room.files() / room.mostFiles());
    }

    /** One line per account with a quota. */
    public void show(Optional<String> name, Lines lines) throws Refused, IOException {
        for (Account account : chosen(name, each -> each.storage().hasQuota(), "quota-bytes or quota-files")) {
            LimitedHome home = quotas.of(account);
            if (home != null) {
                lines.line(fields(account, home));
            }
        }
    }

    private static Map<String, @Nullable Object> fields(Account account, LimitedHome home) {
        Room room = home.usage().room(Quotas.limits(account));
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("user", account.getName());
        fields.put("home", account.getHomeDirectory());
        fields.put("bytes", room.bytes());
        fields.put("bytes_limit", orNull(room.mostBytes()));
        fields.put("files", room.files());
        fields.put("files_limit", orNull(room.mostFiles()));
        fields.put(
                "counted",
                home.usage()
                        .countedAt()
                        .map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString())
                        .orElse(null));
        fields.put("counting", home.progress().isPresent() ? home.progress().getAsLong() : null);
        return fields;
    }

    private static @Nullable Long orNull(long limit) {
        return limit == Room.UNLIMITED ? null : limit;
    }

    /** Counts homes now; one line per home. */
    public void scan(Optional<String> name, Lines lines) throws Refused, IOException {
        Set<LimitedHome> seen = new HashSet<>();
        List<String> failures = new ArrayList<>();
        for (Account account : chosen(name, each -> each.storage().hasQuota(), "quota-bytes or quota-files")) {
            LimitedHome home = quotas.of(account);
            if (home != null && seen.add(home)) {
                HomeUsage.Found found;
                try {
                    found = home.count(homes, Pace.full());
                } catch (IOException e) {
                    failures.add(account.getHomeDirectory() + ", the home of " + account.getName()
                            + ", can't be counted, and what was known stays: " + FailureReason.of(e));
                    continue;
                }
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("user", account.getName());
                fields.put("home", account.getHomeDirectory());
                fields.put("bytes", found.bytes());
                fields.put("files", found.files());
                fields.put("bytes_corrected", found.bytesMore());
                fields.put("files_corrected", found.filesMore());
                fields.put("exact", found.exact());
                lines.line(fields);
            }
        }
        report(failures);
    }

    /** After all else was done: one bad home must not keep the others from it. */
    private static void report(List<String> failures) throws Refused {
        if (!failures.isEmpty()) {
            int more = failures.size() - 1;
            throw Refused.because(
                    failures.getFirst() + (more == 0 ? "" : "; " + more + " more failed, see their names alone"));
        }
    }

    /** Deletes files that are too old, or only says which they are; one line per file. */
    public void expire(Optional<String> name, boolean dryRun, Lines lines) throws Refused, IOException {
        SparedPaths spared = quotas.spared().all(quotas.sparedPaths());
        List<String> failures = new ArrayList<>();
        for (Account account : chosen(name, each -> each.storage().retentionDays() > 0, "retention")) {
            HomeTree tree;
            try {
                quotas.requireApart(account);
                tree = homes.tree(account);
            } catch (IOException e) {
                failures.add("old files of " + account.getName() + " stay: " + FailureReason.of(e));
                continue;
            }
            try (tree) {
                expire(account, tree, spared, dryRun, lines);
            } catch (StorageException e) { // others tell that the operator is gone
                failures.add("old files of " + account.getName() + " stay: " + e.getMessage());
            }
        }
        report(failures);
    }

    private void expire(Account account, HomeTree tree, SparedPaths spared, boolean dryRun, Lines lines)
            throws IOException {
        long days = account.storage().retentionDays();
        Instant limit = Instant.now().minus(Duration.ofDays(days));
        Set<String> within = spared.within(quotas.nameOf(account));
        Retention retention = new Retention(tree, within, limit, !dryRun, (path, bytes, modified) -> {
            if (!dryRun) {
                events.expired(account.getName(), path.text(), days);
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("user", account.getName());
            fields.put("path", path.text());
            fields.put("bytes", bytes);
            fields.put("modified", modified.truncatedTo(ChronoUnit.SECONDS).toString());
            fields.put("deleted", !dryRun);
            lines.line(fields);
        });
        HomeWalk.through(tree.storage(), retention, Pace.full());
    }

    private List<Account> chosen(Optional<String> name, Predicate<Account> concerned, String keys) throws Refused {
        if (name.isEmpty()) {
            return quotas.users().accounts().all().stream()
                    .filter(Account::getEnabled)
                    .filter(concerned)
                    .toList();
        }
        Account account = quotas.users()
                .accounts()
                .find(name.get())
                .orElseThrow(() -> Refused.because("there is no account " + name.get()));
        if (!concerned.test(account)) {
            throw Refused.because("the account " + name.get() + " has no " + keys);
        }
        return List.of(account);
    }
}
