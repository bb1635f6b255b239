package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.Ranges;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with units: durations and byte sizes. Stateless; any thread. */
public final class Units {

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d+)\\s*([A-Za-z]*)");

    private static final Map<String, ChronoUnit> TIMES = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    /** By their names in lower case: Mb means megabytes here too, never megabits. */
    private static final Map<String, Long> SIZES = Map.of(
            "", 1L,
            "b", 1L,
            "kb", 1_000L,
            "mb", 1_000_000L,
            "gb", 1_000_000_000L,
            "tb", 1_000_000_000_000L,
            "kib", 1L << 10,
            "mib", 1L << 20,
            "gib", 1L << 30,
            "tib", 1L << 40);

    /** What to do about a text that is no size, in a clause. */
    public static final String HOW_TO_WRITE_BYTES =
            "write a whole number and one of B, KB, MB, GB, KiB, MiB, GiB, such as 10MiB";

    private Units() {}

    /** Such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}; {@code 0} needs no unit. */
    static ValueType<Duration> duration(Duration shortest) {
        return (text, base) -> {
            Matcher matcher = NUMBER_AND_UNIT.matcher(text);
            ChronoUnit unit = matcher.matches() ? TIMES.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
            if (unit == null && !text.equals("0")) {
                throw new InvalidValue(
                        "is not a duration",
                        matcher.matches() && matcher.group(2).isEmpty()
                                ? "did you mean " + text + "s? Other units are ms, m, h, d"
                                : "write a number and one of ms, s, m, h, d, such as 30s");
            }
            Duration duration = unit == null ? Duration.ZERO : times(unit, matcher.group(1));
            if (duration.compareTo(shortest) < 0 || duration.compareTo(Ranges.LONGEST) > 0) {
                String least = shortest.isZero() ? "0" : shortest.toMillis() + "ms";
                throw new InvalidValue(
                        "is out of range", "use a duration from " + least + " to " + Ranges.LONGEST.toDays() + "d");
            }
            return duration;
        };
    }

    private static Duration times(ChronoUnit unit, String number) throws InvalidValue {
        try {
            // not multipliedBy, which calculates with BigDecimal: making ready for that would be a twentieth of a start
            return Duration.of(Long.parseLong(number), unit);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new InvalidValue("is out of range", "use at most " + Ranges.LONGEST.toDays() + "d");
        }
    }

    /** Such as {@code 1000}, {@code 64KiB}, {@code 10MB}: bytes. */
    static ValueType<Long> byteSize() {
        return (text, base) -> {
            if (unit(NUMBER_AND_UNIT.matcher(text)).isEmpty()) {
                throw new InvalidValue("is not a number of bytes", HOW_TO_WRITE_BYTES);
            }
            return bytes(text).orElseThrow(() -> new InvalidValue("is too large", "use less than 8388608TiB"));
        };
    }

    /** The same; empty if the text is no size, or too large. */
    public static Optional<Long> bytes(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        return unit(matcher).flatMap(unit -> {
            try {
                return Optional.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
            } catch (ArithmeticException | NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    private static Optional<Long> unit(Matcher matcher) {
        return matcher.matches()
                ? Optional.ofNullable(SIZES.get(matcher.group(2).toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }
}
