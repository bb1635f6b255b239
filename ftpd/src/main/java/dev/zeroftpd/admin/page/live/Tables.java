package dev.zeroftpd.admin.page.live;

import dev.zeroftpd.admin.page.source.ListedAccount;
import dev.zeroftpd.admin.page.source.Watched;
import dev.zeroftpd.control.ban.Banned;
import dev.zeroftpd.operator.Fields;
import dev.zeroftpd.operator.socket.JsonLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes what changes seldom: accounts, bans, health. One thread. */
final class Tables {

    /** A page that shows more isn't read. */
    private static final int MOST_BANS = 1_000;

    /** Thousands of accounts take some milliseconds: viewers share them for so long. */
    private static final long LISTED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Watched watched;
    private @Nullable Listed listed;

    /** All accounts a moment ago, and how many sessions each had. */
    private record Listed(
            long nanos,
            List<ListedAccount> accounts,
            Map<String, Map<String, ?>> quotas,
            Map<String, Integer> sessions) {}

    Tables(Watched watched) {
        this.watched = watched;
    }

    String bans() {
        List<Banned> all = watched.operated().bans().all();
        List<Map<String, @Nullable Object>> rows = all.stream()
                .sorted(Comparator.comparing(banned -> banned.from().toString()))
                .limit(MOST_BANS)
                .map(Fields::of)
                .toList();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("total", all.size());
        fields.put("rows", rows);
        return JsonLine.of(fields);
    }

    String health() {
        return JsonLine.of(watched.health());
    }

    String accounts(Shown.Table table, Optional<String> group, Snapshot snapshot) {
        Listed now = listed(snapshot);
        Map<String, Map<String, ?>> quotas = now.quotas();
        List<ListedAccount> visible = now.accounts().stream()
                .filter(account -> group.map(account.groups()::contains).orElse(true))
                .toList();
        List<ListedAccount> matching = matching(visible, table, quotas);
        List<Map<String, @Nullable Object>> rows = Shown.window(matching, table).stream()
                .map(account -> fields(account, quotas, now.sessions()))
                .toList();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("total", visible.size());
        fields.put("matching", matching.size());
        fields.put("offset", Shown.first(matching, table));
        fields.put("rows", rows);
        return JsonLine.of(fields);
    }

    private Listed listed(Snapshot snapshot) {
        @Nullable Listed known = listed;
        if (known != null && snapshot.nanos() - known.nanos() < LISTED_NANOS) {
            return known;
        }
        Map<String, Integer> sessions = new HashMap<>();
        snapshot.rows(new Query(Optional.empty(), Query.SINCE, false, ""))
                .forEach(row -> row.view().user().ifPresent(user -> sessions.merge(user, 1, Integer::sum)));
        Listed made = new Listed(snapshot.nanos(), watched.accounts(), watched.quotas(), sessions);
        listed = made;
        return made;
    }

    private static List<ListedAccount> matching(
            List<ListedAccount> visible, Shown.Table table, Map<String, Map<String, ?>> quotas) {
        String filter = table.filter().toLowerCase(Locale.ROOT);
        List<ListedAccount> matching = new ArrayList<>();
        for (ListedAccount account : visible) {
            if (contains(account.name(), filter)
                    || account.groups().stream().anyMatch(name -> contains(name, filter))) {
                matching.add(account);
            }
        }
        if (table.sort().equals("used")) {
            matching.sort(Comparator.comparingDouble(account -> used(quotas.getOrDefault(account.name(), Map.of()))));
        }
        return table.descending() ? matching.reversed() : matching;
    }

    private static boolean contains(String text, String filter) {
        return text.toLowerCase(Locale.ROOT).contains(filter);
    }

    /** The larger part of both limits; -1 without one. */
    private static double used(Map<String, ?> quota) {
        return Math.max(part(quota, "bytes"), part(quota, "files"));
    }

    private static double part(Map<String, ?> quota, String what) {
        return quota.get(what) instanceof Number used && quota.get(what + "_limit") instanceof Number limit
                ? used.doubleValue() / Math.max(1, limit.doubleValue())
                : -1;
    }

    private static Map<String, @Nullable Object> fields(
            ListedAccount account, Map<String, Map<String, ?>> quotas, Map<String, Integer> sessions) {
        Map<String, ?> quota = quotas.getOrDefault(account.name(), Map.of());
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("user", account.name());
        fields.putAll(account.fields());
        fields.put("sessions", sessions.getOrDefault(account.name(), 0));
        boolean counted = quota.get("counted") != null;
        fields.put("bytes", counted ? quota.get("bytes") : null);
        fields.put("bytes_limit", quota.get("bytes_limit"));
        fields.put("files", counted ? quota.get("files") : null);
        fields.put("files_limit", quota.get("files_limit"));
        fields.put("counting", quota.get("counting"));
        return fields;
    }
}
