package dev.zeroftpd.cli.operate;

import dev.zeroftpd.cli.text.Shown;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session as {@code top} shows it. Immutable; any thread.
 *
 * @param verb empty without a transfer, as are {@code path} and {@code way}
 * @param bytes over the data connection so far
 * @param size how many it will be; -1 if that isn't known
 * @param rate bytes a second, of late
 */
record TopRow(
        String session,
        String user,
        String address,
        boolean tls,
        String since,
        long idleSeconds,
        String verb,
        String path,
        long bytes,
        long size,
        long rate,
        String way) {

    private static final long PERCENT = 100;

    /** Reads a line of {@code who}. Nothing in the texts can drive a terminal. */
    static TopRow of(Map<String, Object> line) {
        boolean transfers = line.get("transfer") instanceof Map<?, ?>;
        Map<?, ?> transfer = line.get("transfer") instanceof Map<?, ?> map ? map : Map.of();
        return new TopRow(
                Shown.text(line, "session"),
                Shown.text(line, "user"),
                Shown.text(line, "address"),
                Boolean.TRUE.equals(line.get("tls")),
                Shown.text(line, "since"),
                Shown.number(line, "idle_seconds"),
                transfers ? Shown.text(transfer.get("verb")) : "",
                transfers ? Shown.text(transfer.get("path")) : "",
                number(transfer.get("bytes"), 0),
                number(transfer.get("size"), -1),
                number(transfer.get("bytes_per_second"), 0),
                transfer.get("way") == null ? "" : Shown.text(transfer.get("way")));
    }

    private static long number(@Nullable Object value, long otherwise) {
        return value instanceof Number number ? number.longValue() : otherwise;
    }

    /** The same with the rate since {@code before} was seen; {@code who} has only the average of the whole transfer. */
    TopRow since(TopRow before, double seconds) {
        boolean same = transfers() && verb.equals(before.verb) && path.equals(before.path) && bytes >= before.bytes;
        if (!same || seconds <= 0) {
            return this;
        }
        long lately = Math.round((bytes - before.bytes) / seconds);
        return new TopRow(session, user, address, tls, since, idleSeconds, verb, path, bytes, size, lately, way);
    }

    boolean transfers() {
        return !verb.isEmpty();
    }

    /** Such as {@code 12.3 MiB 45%}. */
    String progress() {
        if (!transfers()) {
            return "";
        }
        String moved = Shown.bytes(bytes);
        return size > 0 ? moved + ' ' + Math.min(PERCENT, bytes * PERCENT / size) + '%' : moved;
    }

    /** True if one of its texts contains {@code text}, in any case. */
    boolean contains(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return List.of(session, user, address, verb, path, way).stream()
                .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(wanted));
    }
}
