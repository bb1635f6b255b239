package dev.zeroftpd.cli.text;

import dev.zeroftpd.ops.LogText;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of an answer as people read them. Stateless; any thread. */
public final class Shown {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private static final double STEP = 1024;

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Shown() {}

    /** A text that may come from a client, and can't drive the terminal. */
    public static String text(@Nullable Object value) {
        return value == null ? "-" : LogText.escape(value.toString()).replace("\\\"", "\"");
    }

    public static String text(Map<String, Object> line, String field) {
        return text(line.get(field));
    }

    public static long number(Map<String, Object> line, String field) {
        return line.get(field) instanceof Number number ? number.longValue() : 0;
    }

    /** Such as {@code 12.3 MiB}. */
    public static String bytes(long count) {
        double value = count;
        int unit = 0;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return unit == 0 ? count + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** Such as {@code 5s}, {@code 3m}, {@code 2h}, {@code 4d}: the largest unit that fits. */
    public static String duration(long seconds) {
        if (seconds < MINUTE) {
            return seconds + "s";
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + "m";
        }
        return seconds < DAY ? seconds / HOUR + "h" : seconds / DAY + "d";
    }

    /** One transfer, if there is one: {@code RETR /file 1.0 MiB of 3.0 MiB, 2.0 MiB/s, zero-copy}. */
    public static String transfer(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> transfer)) {
            return "-";
        }
        StringBuilder text = new StringBuilder();
        text.append(text(transfer.get("verb")))
                .append(' ')
                .append(text(transfer.get("path")))
                .append(' ');
        text.append(bytes(asLong(transfer.get("bytes"))));
        if (transfer.get("size") instanceof Number size) {
            text.append(" of ").append(bytes(size.longValue()));
        }
        text.append(", ")
                .append(bytes(asLong(transfer.get("bytes_per_second"))))
                .append("/s");
        if (transfer.get("way") != null) {
            text.append(", ").append(text(transfer.get("way")));
        }
        if (transfer.get("reason") != null) {
            text.append(": ").append(text(transfer.get("reason")));
        }
        return text.toString();
    }

    private static long asLong(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
