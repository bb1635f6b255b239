package dev.zeroftpd.admin.metric;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counters by a key of words that the server itself has chosen, so that there are few. Any thread.
 *
 * @param <K> has a value's equality and hash code
 */
final class Tallies<K> {

    /** A mistake elsewhere must not become a leak here: more keys than these are counted as the last one. */
    private static final int MOST = 2_000;

    private final Map<K, LongAdder> adders = new ConcurrentHashMap<>();
    private final K rest;

    /** @param rest what is counted if there are too many keys */
    Tallies(K rest) {
        this.rest = rest;
    }

    void add(K key, long amount) {
        @Nullable LongAdder found = adders.get(key);
        if (found == null) {
            K kept = adders.size() < MOST ? key : rest;
            found = adders.computeIfAbsent(kept, _ -> new LongAdder());
        }
        found.add(amount);
    }

    void increment(K key) {
        add(key, 1);
    }

    /** Counts nothing, so that the key is there from the beginning: a counter that appears with 1 never seems to grow. */
    void begin(K key) {
        add(key, 0);
    }

    Map<K, LongAdder> all() {
        return adders;
    }
}
