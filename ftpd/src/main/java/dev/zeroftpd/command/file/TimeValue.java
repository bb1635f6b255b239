package dev.zeroftpd.command.file;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as commands and facts have them (RFC 3659, section 2.3): {@code YYYYMMDDhhmmss.sss}, UTC. Stateless; any thread. */
final class TimeValue {

    private static final Pattern FORM = Pattern.compile("(\\d{12})(\\d{2})?(?:\\.(\\d{1,9}))?");

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private TimeValue() {}

    /** Whole seconds: many clients stumble over fractions. */
    static String format(Instant time) {
        return SECONDS.format(time);
    }

    static String formatMilliseconds(Instant time) {
        return MILLISECONDS.format(time);
    }

    /** Empty if {@code text} is no time; seconds may be missing, as SITE UTIME's may. */
    static Optional<Instant> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String seconds = matcher.group(2) == null ? "00" : matcher.group(2);
        String fraction = matcher.group(3) == null ? "" : matcher.group(3);
        try {
            return Optional.of(local(matcher.group(1) + seconds)
                    .plusNanos(Long.parseLong((fraction + "000000000").substring(0, 9)))
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException outOfRange) {
            return Optional.empty();
        }
    }

    private static LocalDateTime local(String digits) {
        int second = number(digits, 12);
        LocalDateTime minute = LocalDateTime.of(
                Integer.parseInt(digits.substring(0, 4)),
                number(digits, 4),
                number(digits, 6),
                number(digits, 8),
                number(digits, 10),
                Math.min(second, 59));
        return second == 60 ? minute.plusSeconds(1) : checked(minute, second);
    }

    /** RFC 3659 lets a minute have 60 seconds and a leap one. */
    private static LocalDateTime checked(LocalDateTime time, int second) {
        if (second > 60) {
            throw new DateTimeException("no such second");
        }
        return time;
    }

    private static int number(String digits, int start) {
        return Integer.parseInt(digits.substring(start, start + 2));
    }
}
