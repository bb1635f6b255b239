package dev.zeroftpd.admin.page.live;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which sessions are listed, and in which order. Immutable; any thread.
 *
 * @param group whose sessions alone there are; empty for all
 * @param filter in lower case; empty for all
 */
record Query(Optional<String> group, String sort, boolean descending, String filter) {

    static final String SINCE = "since";

    static final Set<String> SORTS = Set.of(SINCE, "user", "address", "directory", "idle", "rate", "bytes");

    Query {
        filter = filter.toLowerCase(Locale.ROOT);
    }

    /** Whether snapshots have this order by themselves. */
    boolean isNatural() {
        return sort.equals(SINCE);
    }

    /** What has no value comes last, in both directions; equal ones stay in the order of their age. */
    Comparator<Row> order() {
        return switch (sort) {
            case "user" -> texts(row -> row.view().user().orElse(""));
            case "address" -> texts(Row::address);
            case "directory" -> texts(row -> row.view().directory().orElse(""));
            case "idle" -> directed(Comparator.comparing((Row row) -> row.view().idle()));
            case "rate" -> directed(Comparator.comparingLong(Row::rate));
            case "bytes" -> directed(Comparator.comparingLong(Row::bytes));
            default -> throw new IllegalStateException("the other order is the natural one");
        };
    }

    private Comparator<Row> texts(Function<Row, String> text) {
        return Comparator.comparing((Row row) -> text.apply(row).isEmpty())
                .thenComparing(directed(Comparator.comparing(text)));
    }

    private Comparator<Row> directed(Comparator<Row> ascending) {
        return descending ? ascending.reversed() : ascending;
    }
}
