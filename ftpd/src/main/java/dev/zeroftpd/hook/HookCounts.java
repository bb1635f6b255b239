package dev.zeroftpd.hook;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what came of hooks. Any thread. */
public final class HookCounts {

    /** What came of one attempt, or of an event that no receiver gets any more. */
    enum Result {
        DELIVERED,
        FAILED,
        /** Left out: too old, or too many wait. */
        DROPPED,
        /** An upload was published. */
        ACCEPTED,
        REFUSED,
        /** The check took too long, so the upload was refused. */
        TIMED_OUT,
        /** The client or the server ended the upload meanwhile. */
        CANCELLED
    }

    private record Key(String event, Result result) {}

    private final ConcurrentMap<Key, LongAdder> counts = new ConcurrentHashMap<>();

    void count(String event, Result result) {
        add(event, result, 1);
    }

    void add(String event, Result result, long many) {
        counts.computeIfAbsent(new Key(event, result), _ -> new LongAdder()).add(many);
    }

    /** Takes one count. */
    @FunctionalInterface
    public interface Taker {
        void take(String event, String result, long count);
    }

    /** Gives all of them, in an order that stays. */
    public void forEach(Taker taker) {
        Map<String, Map<Result, Long>> sorted = new TreeMap<>();
        counts.forEach((key, count) ->
                sorted.computeIfAbsent(key.event(), _ -> new TreeMap<>()).put(key.result(), count.sum()));
        sorted.forEach((event, results) -> results.forEach((result, count) ->
                taker.take(event, result.name().toLowerCase(Locale.ROOT).replace('_', '-'), count)));
    }
}
