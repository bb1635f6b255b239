package dev.zeroftpd.ops;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** How many lines of one kind may be written: some in each window of time. Counts those that may not. Any thread. */
public final class LineQuota {

    private final int most;
    private final Duration window;
    private final InstantSource clock;
    private long windowStart = Long.MIN_VALUE;
    private int written;
    private long leftOut;

    /** How many lines of this window each one has. Those who have none aren't in it, so it has an end. */
    private final Map<String, Integer> shares = new HashMap<>();

    /** @param most lines in each {@code window} */
    LineQuota(int most, Duration window, InstantSource clock) {
        this.most = most;
        this.window = window;
        this.clock = clock;
    }

    public static LineQuota perMinute(int most) {
        return new LineQuota(most, Duration.ofMinutes(1), InstantSource.system());
    }

    /** Asks for one more line: how many were left out before it, or empty if it is to be left out too. */
    public OptionalLong take() {
        return take("", most);
    }

    /** The same for one of several that share them, of whom each may have at most {@code share} lines in a window. */
    public synchronized OptionalLong take(String one, int share) {
        long now = clock.millis();
        if (windowStart == Long.MIN_VALUE || now - windowStart >= window.toMillis() || now < windowStart) {
            windowStart = now;
            written = 0;
            shares.clear();
        }
        if (written >= most || shares.getOrDefault(one, 0) >= share) {
            leftOut++;
            return OptionalLong.empty();
        }
        written++;
        shares.merge(one, 1, Integer::sum);
        long omitted = leftOut;
        leftOut = 0;
        return OptionalLong.of(omitted);
    }

    /** What the first line afterwards says of those before it that were left out. */
    public static String remark(long leftOut) {
        if (leftOut == 0) {
            return "";
        }
        return leftOut == 1
                ? " (1 more line like this was left out)"
                : " (" + leftOut + " more lines like this were left out)";
    }
}
