package dev.zeroftpd.cli.operate;

import dev.zeroftpd.cli.text.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code top} shows and does: the sessions, their order, the filter, which one is chosen, and what is being asked. Knows
 * nothing of terminals. One thread.
 *
 * <pre>
 *   Browsing ──/──▶ Filtering ──Enter, Escape──▶ Browsing
 *      └──────k──▶ Confirming ──y (kicks), any other──▶ Browsing
 * </pre>
 */
final class TopView {

    /** Title, keys, heads of the columns, and the line at the bottom. */
    static final int OTHER_LINES = 4;

    private static final int PAGE = 10;

    private static final int LONGEST_FILTER = 40;

    private List<TopRow> all = List.of();
    private String title = "";
    private String message = "";
    private TopOrder order = TopOrder.RATE;
    private String filter = "";
    private String chosen = "";
    private State state = State.Browsing.NOW;

    /** What keys mean. */
    private sealed interface State {

        /** They choose, sort, and begin the others. */
        enum Browsing implements State {
            NOW
        }

        /** They write the filter. */
        enum Filtering implements State {
            NOW
        }

        /** They answer whether a session is to be ended. */
        record Confirming(TopRow row) implements State {}
    }

    /** What is to be done outside. */
    sealed interface Order {

        enum Plain implements Order {
            NONE,
            QUIT
        }

        /** End that session. */
        record Kick(String session) implements Order {}
    }

    /**
     * A line on the screen.
     *
     * @param marked whether it stands out
     */
    record Line(String text, boolean marked) {}

    /** New sessions; the chosen one stays so if it is still there. */
    void show(String newTitle, List<TopRow> sessions) {
        title = newTitle;
        all = List.copyOf(sessions);
    }

    void say(String text) {
        message = text;
    }

    Order press(TopKey key) {
        if (key == TopKey.Named.END) {
            return Order.Plain.QUIT;
        }
        if (key != TopKey.Named.NONE) {
            message = "";
        }
        return switch (state) {
            case State.Browsing _ -> browse(key);
            case State.Filtering _ -> filter(key);
            case State.Confirming(TopRow row) -> confirm(key, row);
        };
    }

    private Order browse(TopKey key) {
        switch (key) {
            case TopKey.Named named -> {
                switch (named) {
                    case UP -> choose(-1);
                    case DOWN -> choose(1);
                    case PAGE_UP -> choose(-PAGE);
                    case PAGE_DOWN -> choose(PAGE);
                    case ESCAPE -> filter = "";
                    case ENTER, ERASE, END, NONE -> {
                        // mean nothing here
                    }
                }
            }
            case TopKey.Typed(char typed) -> {
                switch (typed) {
                    case 'q' -> {
                        return Order.Plain.QUIT;
                    }
                    case 's' -> order = order.next();
                    case '/' -> state = State.Filtering.NOW;
                    case 'k' -> chosen().ifPresentOrElse(row -> state = new State.Confirming(row), this::sayNone);
                    default -> message = "no such key";
                }
            }
        }
        return Order.Plain.NONE;
    }

    private void sayNone() {
        message = "choose a session with the arrow keys first";
    }

    private Order filter(TopKey key) {
        switch (key) {
            case TopKey.Typed(char typed) -> {
                if (filter.length() < LONGEST_FILTER) {
                    filter += typed;
                }
            }
            case TopKey.Named.ERASE -> filter = filter.substring(0, Math.max(0, filter.length() - 1));
            case TopKey.Named.ENTER -> state = State.Browsing.NOW;
            case TopKey.Named.ESCAPE -> {
                filter = "";
                state = State.Browsing.NOW;
            }
            case TopKey.Named _ -> {
                // means nothing here
            }
        }
        return Order.Plain.NONE;
    }

    private Order confirm(TopKey key, TopRow row) {
        if (key == TopKey.Named.NONE) {
            return Order.Plain.NONE;
        }
        state = State.Browsing.NOW;
        return key.equals(new TopKey.Typed('y')) ? new Order.Kick(row.session()) : Order.Plain.NONE;
    }

    private void choose(int step) {
        List<TopRow> rows = rows();
        if (!rows.isEmpty()) {
            int now = index(rows);
            int next = now < 0 ? 0 : Math.clamp((long) now + step, 0, rows.size() - 1);
            chosen = rows.get(next).session();
        }
    }

    private int index(List<TopRow> rows) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).session().equals(chosen)) {
                return i;
            }
        }
        return -1;
    }

    private Optional<TopRow> chosen() {
        return rows().stream().filter(row -> row.session().equals(chosen)).findFirst();
    }

    /** Those that the filter lets through, in their order. */
    private List<TopRow> rows() {
        return all.stream()
                .filter(row -> row.contains(filter))
                .sorted(order.comparator())
                .toList();
    }

    /** The whole screen; lines may be too long for it. */
    List<Line> lines(int height) {
        List<TopRow> rows = rows();
        int room = Math.max(1, height - OTHER_LINES);
        int first = Math.clamp((long) index(rows) - room + 1, 0, Math.max(0, rows.size() - room));
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(title + "  sort: " + order + (filter.isEmpty() ? "" : "  filter: " + filter), false));
        lines.add(new Line("q quit   s sort   / filter   arrows choose   k kick", false));
        lines.add(new Line(
                format("SESSION", "USER", "ADDRESS", "TLS", "IDLE", "RATE", "MOVED", "WAY", "TRANSFER"), true));
        for (TopRow row : rows.subList(first, Math.min(rows.size(), first + room))) {
            lines.add(new Line(text(row), row.session().equals(chosen)));
        }
        while (lines.size() < height - 1) {
            lines.add(new Line("", false));
        }
        lines.add(new Line(bottom(), false));
        return lines;
    }

    private String bottom() {
        return switch (state) {
            case State.Browsing _ -> message;
            case State.Filtering _ -> "Filter: " + filter + "_   Enter keeps it, Escape takes it away";
            case State.Confirming(TopRow row) ->
                "End session " + row.session() + " of " + row.user() + " from " + row.address() + "? y/n";
        };
    }

    private static String text(TopRow row) {
        return format(
                row.session(),
                row.user(),
                row.address(),
                row.tls() ? "yes" : "no",
                Shown.duration(row.idleSeconds()),
                row.transfers() ? Shown.bytes(row.rate()) + "/s" : "",
                row.progress(),
                row.way(),
                row.transfers() ? row.verb() + ' ' + row.path() : "");
    }

    private static String format(String... cells) {
        return String.format(Locale.ROOT, "%-12.12s %-12.12s %-15.39s %-3s %5s %11s %16s %-9.9s %s", (Object[]) cells)
                .stripTrailing();
    }
}
