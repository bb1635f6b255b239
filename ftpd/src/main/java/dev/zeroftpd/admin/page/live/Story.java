package dev.zeroftpd.admin.page.live;

import dev.zeroftpd.admin.page.sign.PageRole;
import dev.zeroftpd.admin.page.source.EndedTransfers;
import dev.zeroftpd.operator.socket.JsonLine;
import dev.zeroftpd.ops.log.LogTail;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What one page knows already, and so what it has to be told next. One thread. */
final class Story implements AutoCloseable {

    private static final int MOST_TRANSFERS = 100;

    private static final int MOST_LINES = 200;

    /** Of a window's rows: some dozens of the longest, thousands of usual ones. */
    private static final int MOST_ROW_CHARACTERS = 512 * 1024;

    /** Of lines, before some are escaped. */
    private static final int MOST_LINE_CHARACTERS = 100_000;

    private static final Duration ACCOUNTS = Duration.ofSeconds(2);

    private final PageRole role;
    private final Viewers.Sources sources;
    private Shown last = Shown.NOTHING;
    private String totals = "";
    private int sample;
    private String order = "";

    /** The rows that the page has, by session. */
    private Map<String, String> rows = Map.of();

    /** Of what is told as a whole. */
    private String told = "";

    private long toldAt;
    private long lastTransfer;
    private long lastLine;
    private boolean watchesLog;

    Story(PageRole role, Viewers.Sources sources) {
        this.role = role;
        this.sources = sources;
    }

    /**
     * What has changed since the last time, of what is shown now. A page that asks for the same once more, as after a pause, has
     * missed some of it.
     */
    @SuppressWarnings("ReferenceEquality") // each question is an object of its own
    Frame next(Shown shown) {
        boolean rowsWanted = shown.kind() == Shown.Kind.NOW
                || shown.kind() == Shown.Kind.ACCOUNTS
                || role.group().isPresent();
        Live.Look look = sources.live().now(rowsWanted);
        Frame frame = new Frame();
        addTotals(frame, look);
        addSample(frame);
        boolean changed = shown != last;
        if (shown.kind() != last.kind()) {
            order = "";
            rows = Map.of();
        }
        watchLog(shown.kind() == Shown.Kind.LOG);
        last = shown;
        switch (shown.kind()) {
            case NONE -> {}
            case NOW -> addSessions(frame, look.snapshot(), shown.table());
            case TRANSFERS -> addTransfers(frame, shown, changed);
            case ACCOUNTS -> addAccounts(frame, look.snapshot(), shown, changed);
            case BANS -> addWhole(frame, "bans", sources.bans().get(), changed);
            case HEALTH -> addWhole(frame, "health", sources.health().get(), changed);
            case LOG -> addLines(frame, shown, changed);
        }
        return frame;
    }

    private void addTotals(Frame frame, Live.Look look) {
        Map<String, Object> figures = Figures.of(look, role.group());
        String now = JsonLine.of(figures);
        if (!now.equals(totals)) {
            totals = now;
            Map<String, Object> timed = new LinkedHashMap<>();
            timed.put(
                    "time",
                    look.snapshot().time().truncatedTo(ChronoUnit.MILLIS).toString());
            timed.putAll(figures);
            frame.add("totals", timed);
        }
    }

    private void addSample(Frame frame) {
        if (!role.seesServer()) {
            return;
        }
        int newest = sources.history().history().newest();
        if (newest != sample) {
            boolean first = sample == 0;
            sample = newest;
            if (!first) {
                sources.history().history().newestJson().ifPresent(json -> frame.add("sample", json));
            }
        }
    }

    private void addSessions(Frame frame, Snapshot snapshot, Shown.Table table) {
        Query query = new Query(role.group(), table.sort(), table.descending(), table.filter());
        List<Row> all = snapshot.rows(query);
        List<Row> matching = snapshot.select(query);
        Map<String, String> known = new HashMap<>();
        StringJoiner changed = new StringJoiner(",", "[", "]");
        List<String> ids = new ArrayList<>();
        boolean any = false;
        int length = 0;
        for (Row row : Shown.window(matching, table)) {
            String json = row.json();
            length += json.length();
            if (length > MOST_ROW_CHARACTERS && !ids.isEmpty()) {
                break;
            }
            ids.add(row.id());
            known.put(row.id(), json);
            if (!json.equals(rows.get(row.id()))) {
                changed.add(json);
                any = true;
            }
        }
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("total", all.size());
        head.put("matching", matching.size());
        head.put("offset", Shown.first(matching, table));
        head.put("order", ids);
        String json = JsonLine.of(head);
        if (any || !json.equals(order)) {
            frame.add("sessions", json.substring(0, json.length() - 1) + ",\"rows\":" + changed + "}");
        }
        order = json;
        rows = known;
    }

    private void addTransfers(Frame frame, Shown shown, boolean reset) {
        EndedTransfers.Found found =
                sources.transfers().since(reset ? 0 : lastTransfer, shown.transfers(), role.group(), MOST_TRANSFERS);
        lastTransfer = found.last();
        if (reset || !found.entries().isEmpty()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("reset", reset);
            fields.put("left_out", found.leftOut());
            fields.put("entries", found.entries());
            frame.add("transfers", fields);
        }
    }

    private void addAccounts(Frame frame, Snapshot snapshot, Shown shown, boolean changed) {
        long now = sources.nanoTime().getAsLong();
        if (changed || now - toldAt >= ACCOUNTS.toNanos()) {
            toldAt = now;
            addWhole(frame, "accounts", sources.tables().accounts(shown.table(), role.group(), snapshot), changed);
        }
    }

    private void addWhole(Frame frame, String event, String json, boolean changed) {
        if (changed || !json.equals(told)) {
            told = json;
            frame.add(event, json);
        }
    }

    private void addLines(Frame frame, Shown shown, boolean reset) {
        String filter = shown.table().filter().toLowerCase(Locale.ROOT);
        LogTail.Lines found = sources.log()
                .since(
                        reset ? 0 : lastLine,
                        line -> line.level() >= shown.level()
                                && line.text().toLowerCase(Locale.ROOT).contains(filter),
                        MOST_LINES);
        lastLine = found.last();
        List<LogTail.Line> lines = newest(found.lines());
        if (reset || !found.lines().isEmpty()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("reset", reset);
            fields.put("left_out", found.leftOut() + found.lines().size() - lines.size());
            fields.put("lines", lines.stream().map(Story::fields).toList());
            frame.add("log", fields);
        }
    }

    private static List<LogTail.Line> newest(List<LogTail.Line> lines) {
        int first = lines.size();
        int length = 0;
        while (first > 0 && length <= MOST_LINE_CHARACTERS) {
            first--;
            length += lines.get(first).text().length();
        }
        return lines.subList(first, lines.size());
    }

    private static Map<String, @Nullable Object> fields(LogTail.Line line) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("time", line.time().truncatedTo(ChronoUnit.MILLIS).toString());
        fields.put("level", line.levelName());
        fields.put("logger", line.logger());
        fields.put("text", line.text());
        return fields;
    }

    private void watchLog(boolean wanted) {
        if (wanted && !watchesLog) {
            sources.log().watch();
        } else if (!wanted && watchesLog) {
            sources.log().leave();
        }
        watchesLog = wanted;
    }

    @Override
    public void close() {
        watchLog(false);
    }
}
