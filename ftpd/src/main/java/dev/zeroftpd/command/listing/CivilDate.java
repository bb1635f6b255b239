package dev.zeroftpd.command.listing;

import java.io.IOException;
import java.time.LocalDate;

/**
 * Writes times in UTC. Used by one thread; remembers the last day, because the files of a directory often share it.
 */
final class CivilDate {

    private static final int SECONDS_A_DAY = 86_400;

    /** Half of a mean Gregorian year, as {@code ls} reckons. */
    private static final long SIX_MONTHS_IN_SECONDS = 31_556_952L / 2;

    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    /** The years that four digits can show; a time beyond them is shown as the nearest. */
    private static final long FIRST_SECOND = LocalDate.of(1, 1, 1).toEpochDay() * SECONDS_A_DAY;

    private static final long LAST_SECOND = LocalDate.of(9999, 12, 31).toEpochDay() * SECONDS_A_DAY;

    private final long now;
    private LocalDate date = LocalDate.EPOCH;
    private long day;

    /** @param now seconds since 1970, the same for a whole listing */
    CivilDate(long now) {
        this.now = now;
    }

    /** {@code Nov 22 02:56}, or {@code Nov 22  2025} for times that are six months old or to come. */
    void addForPeople(ListingText out, long time) throws IOException {
        long second = select(time);
        out.add(MONTHS[date.getMonthValue() - 1]);
        out.add(' ');
        out.addRight(date.getDayOfMonth(), 2);
        out.add(' ');
        if (time <= now && time > now - SIX_MONTHS_IN_SECONDS) {
            out.addPadded(second / 3600, 2);
            out.add(':');
            out.addPadded(second / 60 % 60, 2);
        } else {
            out.addRight(date.getYear(), 5);
        }
    }

    /** {@code 20261122025658}, the time-val of RFC 3659, section 2.3. */
    void addForPrograms(ListingText out, long time) throws IOException {
        long second = select(time);
        out.addPadded(date.getYear(), 4);
        out.addPadded(date.getMonthValue(), 2);
        out.addPadded(date.getDayOfMonth(), 2);
        out.addPadded(second / 3600, 2);
        out.addPadded(second / 60 % 60, 2);
        out.addPadded(second % 60, 2);
    }

    /** Makes {@link #date} that of {@code time} and gives the second of that day. */
    private long select(long time) {
        long shown = Math.clamp(time, FIRST_SECOND, LAST_SECOND);
        long wanted = Math.floorDiv(shown, SECONDS_A_DAY);
        if (wanted != day) {
            day = wanted;
            date = LocalDate.ofEpochDay(wanted);
        }
        return Math.floorMod(shown, SECONDS_A_DAY);
    }
}
