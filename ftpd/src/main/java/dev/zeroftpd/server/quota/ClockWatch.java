package dev.zeroftpd.server.quota;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Whether the clock by which files get old can be believed: a wrong one would delete them all. Thread-safe.
 *
 * <p>What it said at first is taken for right. Since then it must have gone as far as the time that has passed.
 */
final class ClockWatch {

    /** Retention is in whole days; summer time, leap seconds and NTP's corrections are far less. */
    private static final Duration MOST = Duration.ofDays(1);

    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Instant first;
    private final long firstNanos;

    /** @param nanos a clock that can't be set, as {@link System#nanoTime} */
    ClockWatch(InstantSource clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.first = clock.instant();
        this.firstNanos = nanos.getAsLong();
    }

    Instant now() {
        return clock.instant();
    }

    /** How far it has been put forward, or back; zero if that is less than a day. */
    Duration jump() {
        Duration passed = Duration.ofNanos(nanos.getAsLong() - firstNanos);
        Duration jump = Duration.between(first, clock.instant()).minus(passed);
        return jump.abs().compareTo(MOST) > 0 ? jump : Duration.ZERO;
    }
}
