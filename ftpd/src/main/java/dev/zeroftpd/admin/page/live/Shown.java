package dev.zeroftpd.admin.page.live;

import dev.zeroftpd.admin.page.source.Asked;
import dev.zeroftpd.admin.page.source.BadRequest;
import dev.zeroftpd.admin.page.source.TransferFilter;
import dev.zeroftpd.ops.log.LogTail;
import java.util.List;
import java.util.Set;

/**
 * What one page shows now. Immutable; any thread.
 *
 * @param table its window, for those with a long table
 * @param level of a line of the log, the least that is shown
 */
record Shown(Kind kind, Table table, TransferFilter transfers, int level) {

    /** The pages that there are. */
    enum Kind {
        NONE,
        NOW,
        TRANSFERS,
        ACCOUNTS,
        BANS,
        HEALTH,
        LOG;

        /** Whether it is about the server, and not about some accounts. */
        boolean isOfServer() {
            return this == BANS || this == HEALTH || this == LOG;
        }
    }

    /** A window in a table. */
    record Table(int offset, int limit, String sort, boolean descending, String filter) {}

    private static final Table NO_TABLE = new Table(0, 0, "", false, "");

    /** Only numbers. */
    static final Shown NOTHING = new Shown(Kind.NONE, NO_TABLE, TransferFilter.ALL, 0);

    private static final Set<String> WORDS = Set.of("none", "now", "transfers", "accounts", "bans", "health", "log");

    private static final Set<String> LEVELS = Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

    private static final Set<String> TABLE_FIELDS = Set.of("offset", "limit", "sort", "descending", "filter");

    private static final Set<String> ACCOUNT_SORTS = Set.of("name", "used");

    /** More than any screen has. */
    private static final int MOST_ROWS = 200;

    private static final int USUAL_ROWS = 60;

    /** Sessions can't be more. */
    private static final int LAST_ROW = 10_000_000;

    static Shown of(Asked asked) throws BadRequest {
        asked.only(Set.of("stream", "view", "sessions", "transfers", "accounts", "log"));
        return switch (asked.word("view", WORDS, "none")) {
            case "now" ->
                new Shown(Kind.NOW, table(asked.object("sessions"), Query.SORTS, Query.SINCE), TransferFilter.ALL, 0);
            case "transfers" ->
                new Shown(
                        Kind.TRANSFERS,
                        NO_TABLE,
                        TransferFilter.of(asked.object("transfers").only(TransferFilter.FIELDS)),
                        0);
            case "accounts" ->
                new Shown(Kind.ACCOUNTS, table(asked.object("accounts"), ACCOUNT_SORTS, "name"), TransferFilter.ALL, 0);
            case "bans" -> new Shown(Kind.BANS, NO_TABLE, TransferFilter.ALL, 0);
            case "health" -> new Shown(Kind.HEALTH, NO_TABLE, TransferFilter.ALL, 0);
            case "log" -> log(asked.object("log"));
            default -> NOTHING;
        };
    }

    private static Table table(Asked asked, Set<String> sorts, String usual) throws BadRequest {
        asked.only(TABLE_FIELDS);
        return new Table(
                asked.number("offset", LAST_ROW, 0),
                asked.number("limit", MOST_ROWS, USUAL_ROWS),
                asked.word("sort", sorts, usual),
                asked.flag("descending"),
                asked.text("filter").orElse(""));
    }

    private static Shown log(Asked asked) throws BadRequest {
        asked.only(Set.of("level", "filter"));
        String filter = asked.text("filter").orElse("");
        Table lines = new Table(0, 0, "", false, filter);
        return new Shown(Kind.LOG, lines, TransferFilter.ALL, LogTail.level(asked.word("level", LEVELS, "INFO")));
    }

    /** The first row of the window, where there are {@code rows}: the last ones if there are fewer than asked for. */
    static <T> List<T> window(List<T> rows, Table table) {
        int first = first(rows, table);
        return rows.subList(first, Math.min(rows.size(), first + table.limit()));
    }

    static int first(List<?> rows, Table table) {
        return Math.clamp(table.offset(), 0, Math.max(0, rows.size() - table.limit()));
    }
}
