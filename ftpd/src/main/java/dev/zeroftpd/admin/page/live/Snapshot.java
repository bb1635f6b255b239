package dev.zeroftpd.admin.page.live;

import dev.zeroftpd.admin.metric.Totals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The server at one moment, for all viewers. One thread, which looks through it for all of them.
 *
 * <p>Looking through 10,000 sessions takes some milliseconds: viewers that ask for the same share what was found.
 */
final class Snapshot {

    /** Each has references to all sessions at most. More are found anew each time. */
    private static final int MOST_SHARED = 64;

    private final Instant time;
    private final long nanos;
    private final List<Row> rows;
    private final Counts counts;
    private final Totals totals;
    private final BiPredicate<String, String> members;
    private final Map<Query, List<Row>> found = new HashMap<>();

    /** Numbers of the whole server. */
    record Counts(int sessions, int beforeLogin, int transfers, int uploads, long bans, boolean draining) {}

    /**
     * What was seen.
     *
     * @param nanos when, by a clock that no one sets
     * @param rows the oldest session first
     * @param members whether a user is in a group
     */
    Snapshot(
            Instant time,
            long nanos,
            List<Row> rows,
            Counts counts,
            Totals totals,
            BiPredicate<String, String> members) {
        this.time = time;
        this.nanos = nanos;
        this.rows = rows;
        this.counts = counts;
        this.totals = totals;
        this.members = members;
    }

    Instant time() {
        return time;
    }

    long nanos() {
        return nanos;
    }

    Counts counts() {
        return counts;
    }

    Totals totals() {
        return totals;
    }

    /** All that a viewer may see. */
    List<Row> rows(Query query) {
        return query.group().isEmpty() ? rows : select(new Query(query.group(), Query.SINCE, false, ""));
    }

    /** Those that are asked for, in their order. */
    List<Row> select(Query query) {
        @Nullable List<Row> known = found.get(query);
        if (known != null) {
            return known;
        }
        List<Row> selected = find(query);
        if (found.size() < MOST_SHARED) {
            found.put(query, selected);
        }
        return selected;
    }

    private List<Row> find(Query query) {
        List<Row> selected = new ArrayList<>();
        for (Row row : rows) {
            if (isVisible(row, query) && row.matches(query.filter())) {
                selected.add(row);
            }
        }
        if (!query.isNatural()) {
            selected.sort(query.order());
        } else if (query.descending()) {
            return selected.reversed();
        }
        return selected;
    }

    private boolean isVisible(Row row, Query query) {
        return query.group().isEmpty()
                || row.view()
                        .user()
                        .filter(user -> members.test(user, query.group().get()))
                        .isPresent();
    }
}
