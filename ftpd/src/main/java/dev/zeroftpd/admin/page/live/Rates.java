package dev.zeroftpd.admin.page.live;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes rates out of numbers of bytes that grow. One thread.
 *
 * <p>Pages that show different things have it looked at several times in a row: what moved in some milliseconds is no rate, so
 * those of the look before stay.
 *
 * @param <K> what bytes are counted by
 */
final class Rates<K> {

    private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(400);

    /** Rates since a look that is older than this tell nothing of now. */
    private static final long FORGOTTEN = TimeUnit.SECONDS.toNanos(15);

    private final boolean newAreKnown;
    private @Nullable Map<K, Long> base;
    private long baseNanos;
    private Map<K, Long> rates = Map.of();
    private long since;

    /** @param newAreKnown whether what wasn't there before has moved all of its bytes since then */
    Rates(boolean newAreKnown) {
        this.newAreKnown = newAreKnown;
    }

    /** In bytes per second, of what was there before. */
    Map<K, Long> at(long now, Map<K, Long> bytes) {
        @Nullable Map<K, Long> before = base;
        long passed = now - baseNanos;
        if (before != null && passed < SHORTEST) {
            return rates;
        }
        if (before != null && passed < FORGOTTEN) {
            rates = between(before, bytes, passed);
            since = baseNanos;
        } else {
            rates = Map.of();
            since = now;
        }
        base = Map.copyOf(bytes);
        baseNanos = now;
        return rates;
    }

    private Map<K, Long> between(Map<K, Long> before, Map<K, Long> bytes, long passed) {
        Map<K, Long> found = new HashMap<>();
        bytes.forEach((key, now) -> {
            @Nullable Long then = before.get(key);
            if (then == null && newAreKnown) {
                then = 0L;
            }
            if (then != null && then <= now) {
                found.put(key, Math.round((now - then) * (double) TimeUnit.SECONDS.toNanos(1) / passed));
            }
        });
        return found;
    }

    /** When the time began from which the latest rates are. */
    long since() {
        return since;
    }
}
