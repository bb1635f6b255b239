package dev.zeroftpd.admin.page.history;

import dev.zeroftpd.transfer.result.StreamReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A ring of samples, one for each {@link #STEP} of the last day. Any thread; each call holds its lock for a millisecond at most.
 *
 * <p>A sample lies where its time says, so that a gap (the server did not run) stays one, and a clock that was set writes over
 * what was there.
 */
public final class History {

    /** Short enough to see a burst, long enough to cost nothing. */
    public static final Duration STEP = Duration.ofSeconds(10);

    public static final Duration KEPT = Duration.ofDays(1);

    static final int SLOTS = Math.toIntExact(KEPT.dividedBy(STEP));

    /** When each slot's sample ended, in steps since 1970; 0 without one. Guarded by this. */
    private final int[] stamps = new int[SLOTS];

    /** Guarded by this. */
    private final float[] numbers = new float[SLOTS * Column.NUMBERS];

    /** Guarded by this. */
    private int newest;

    /** In steps since 1970. */
    static int stamp(Instant time) {
        return Math.toIntExact(time.getEpochSecond() / STEP.toSeconds());
    }

    /** @param sample one number per column */
    synchronized void put(int stamp, float[] sample) {
        int slot = Math.floorMod(stamp, SLOTS);
        stamps[slot] = stamp;
        System.arraycopy(sample, 0, numbers, slot * Column.NUMBERS, Column.NUMBERS);
        newest = stamp;
    }

    /** Gives each sample to {@code each}. */
    synchronized void copyTo(int[] stampsCopy, float[] numbersCopy) {
        System.arraycopy(stamps, 0, stampsCopy, 0, SLOTS);
        System.arraycopy(numbers, 0, numbersCopy, 0, numbers.length);
    }

    /** Which sample is the newest; changes with each one. */
    public synchronized int newest() {
        return newest;
    }

    /** The newest sample as an object of JSON; empty before the first. */
    public synchronized Optional<String> newestJson() {
        if (newest == 0) {
            return Optional.empty();
        }
        StringBuilder json = new StringBuilder(256).append("{\"time\":").append(seconds(newest));
        int first = Math.floorMod(newest, SLOTS) * Column.NUMBERS;
        for (Column column : Column.values()) {
            json.append(",\"").append(column.word()).append("\":");
            append(json, numbers[first + column.place()]);
        }
        json.append(",\"reasons\":{");
        boolean any = false;
        for (StreamReason reason : StreamReason.values()) {
            float rate = numbers[first + Column.placeOf(reason)];
            if (rate > 0) {
                json.append(any ? "," : "").append('"').append(reason.label()).append("\":");
                append(json, rate);
                any = true;
            }
        }
        return Optional.of(json.append("}}").toString());
    }

    /**
     * The last day as columns of JSON, the oldest first.
     *
     * @param points how many there are at most
     */
    String json(int points, Instant now) {
        int each = Math.ceilDiv(SLOTS, points);
        int columns = Math.ceilDiv(SLOTS, each);
        int end = Math.floorDiv(stamp(now), each) * each; // so that points stay the same from call to call
        float[][] folded = new float[Column.NUMBERS][columns];
        synchronized (this) {
            for (int i = 0; i < columns; i++) {
                fold(end - (columns - 1 - i) * each, each, i, folded);
            }
        }
        StringBuilder json = new StringBuilder(columns * 64)
                .append("{\"step_seconds\":")
                .append(each * STEP.toSeconds())
                .append(",\"kept_seconds\":")
                .append(KEPT.toSeconds())
                .append(",\"time\":[");
        for (int i = 0; i < columns; i++) {
            json.append(i == 0 ? "" : ",").append(seconds(end - (columns - 1 - i) * each));
        }
        json.append(']');
        for (Column column : Column.values()) {
            append(json.append(','), column.word(), folded[column.place()]);
        }
        json.append(",\"reasons\":{");
        boolean any = false;
        for (StreamReason reason : StreamReason.values()) {
            float[] column = folded[Column.placeOf(reason)];
            if (isAnyPositive(column)) {
                append(json.append(any ? "," : ""), reason.label(), column);
                any = true;
            }
        }
        return json.append("}}").toString();
    }

    /** Makes one point of the samples that ended after {@code end - each}, up to {@code end}; NaN where there is none. */
    private void fold(int end, int each, int point, float[][] folded) {
        int found = 0;
        for (int stamp = end - each + 1; stamp <= end; stamp++) {
            int slot = Math.floorMod(stamp, SLOTS);
            if (stamps[slot] == stamp) {
                found++;
                for (int column = 0; column < Column.NUMBERS; column++) {
                    float number = numbers[slot * Column.NUMBERS + column];
                    folded[column][point] = Column.fold(column) == Column.Fold.MOST
                            ? Math.max(folded[column][point], number)
                            : folded[column][point] + number;
                }
            }
        }
        for (int column = 0; column < Column.NUMBERS; column++) {
            if (found == 0) {
                folded[column][point] = Float.NaN;
            } else if (Column.fold(column) == Column.Fold.MEAN) {
                folded[column][point] /= found;
            }
        }
    }

    private static boolean isAnyPositive(float[] column) {
        for (float number : column) {
            if (number > 0) {
                return true;
            }
        }
        return false;
    }

    private static long seconds(int stamp) {
        return stamp * STEP.toSeconds();
    }

    private static void append(StringBuilder json, String name, float[] column) {
        json.append('"').append(name).append("\":[");
        for (int i = 0; i < column.length; i++) {
            append(json.append(i == 0 ? "" : ","), column[i]);
        }
        json.append(']');
    }

    private static void append(StringBuilder json, float number) {
        if (Float.isNaN(number)) {
            json.append("null");
        } else {
            json.append((long) number); // whole bytes and sessions
        }
    }

    @Override
    public synchronized String toString() {
        return String.format(
                Locale.ROOT,
                "%d samples",
                Arrays.stream(stamps).filter(stamp -> stamp != 0).count());
    }
}
