package dev.zeroftpd.ops;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Lines of one kind in the log that strangers can cause as often as they like: some in each window of time; the first one
 * afterwards says how many were left out. Any thread.
 */
public final class FewLines {

    private final Logger log;
    private final int most;
    private final Duration window;
    private final InstantSource clock;
    private long windowStart = Long.MIN_VALUE;
    private int written;
    private long leftOut;

    /** @param most lines in each {@code window} */
    public FewLines(Logger log, int most, Duration window, InstantSource clock) {
        this.log = log;
        this.most = most;
        this.window = window;
        this.clock = clock;
    }

    /** At most {@code most} lines a minute. */
    public static FewLines perMinute(Logger log, int most) {
        return new FewLines(log, most, Duration.ofMinutes(1), InstantSource.system());
    }

    /** Writes the line, unless too many were written before it. */
    public void write(Level level, Supplier<String> line) {
        write(level, line, null);
    }

    /** The same with the stack trace of {@code cause}. */
    public void write(Level level, Supplier<String> line, @Nullable Throwable cause) {
        long omitted = take();
        if (omitted >= 0) {
            log.atLevel(level).setCause(cause).log("{}{}", line.get(), remark(omitted));
        }
    }

    private static String remark(long omitted) {
        if (omitted == 0) {
            return "";
        }
        return omitted == 1
                ? " (1 more line like this was left out)"
                : " (" + omitted + " more lines like this were left out)";
    }

    /** How many lines were left out before this one; negative if this one is to be left out too. */
    private synchronized long take() {
        long now = clock.millis();
        if (windowStart == Long.MIN_VALUE || now - windowStart >= window.toMillis() || now < windowStart) {
            windowStart = now;
            written = 0;
        }
        if (written >= most) {
            leftOut++;
            return -1;
        }
        written++;
        long omitted = leftOut;
        leftOut = 0;
        return omitted;
    }
}
