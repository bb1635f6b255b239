package dev.zeroftpd.hook;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one receiver, and what of it may be delivered now. One thread.
 *
 * <p>Of the events with a key in common only the oldest is delivered. After a failure it waits, each time longer. A receiver
 * that has failed several times in a row counts as dead: one event at a time is tried, after pauses that grow likewise, so that
 * it costs no thread per event; when it lives again, nothing else waits any longer.
 */
final class Lane {

    /** Deliveries at once. */
    static final int MOST_AT_ONCE = 4;

    private static final int DEAD_AFTER = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** The number of doublings after which a pause is the longest. */
    private static final int MOST_DOUBLINGS = 6;

    /** One event that waits. */
    static final class Waiting {
        private final HookEvent event;
        private final long order;
        private int failures;
        private long due;
        private boolean running;
        private boolean ready;

        Waiting(HookEvent event, long order, long now) {
            this.event = event;
            this.order = order;
            this.due = now;
        }

        HookEvent event() {
            return event;
        }

        /** What came later has a greater number. */
        long order() {
            return order;
        }

        boolean isRunning() {
            return running;
        }
    }

    private final Map<String, Deque<Waiting>> byKey = new HashMap<>();
    private final PriorityQueue<Waiting> ready = new PriorityQueue<>(
            Comparator.<Waiting>comparingLong(each -> each.due).thenComparingLong(each -> each.order));
    private int running;
    private int failuresInRow;
    private long probe;

    void add(Waiting added) {
        for (String key : added.event.keys()) {
            byKey.computeIfAbsent(key, _ -> new ArrayDeque<>()).add(added);
        }
        addIfFirst(added);
    }

    private void addIfFirst(Waiting candidate) {
        for (String key : candidate.event.keys()) {
            if (first(key) != candidate) {
                return;
            }
        }
        makeReady(candidate);
    }

    private @Nullable Waiting first(String key) {
        Deque<Waiting> queue = byKey.get(key);
        return queue == null ? null : queue.peek();
    }

    private void makeReady(Waiting first) {
        first.ready = true;
        ready.add(first);
    }

    /** Takes what may be delivered now; {@link #delivered} or {@link #failed} must be told. */
    Optional<Waiting> next(long now) {
        boolean mayRun = isDead() ? running == 0 && probe - now <= 0 : running < MOST_AT_ONCE;
        Waiting first = ready.peek();
        if (!mayRun || first == null || first.due - now > 0) {
            return Optional.empty();
        }
        ready.remove();
        first.ready = false;
        running++;
        first.running = true;
        return Optional.of(first);
    }

    /** Whether its receiver has failed so often that only one event at a time is tried. */
    boolean isDead() {
        return failuresInRow >= DEAD_AFTER;
    }

    /** When {@link #next} is worth asking, as {@link System#nanoTime} tells it; empty: when something else happens. */
    OptionalLong due() {
        Waiting first = ready.peek();
        if (first == null || running >= (isDead() ? 1 : MOST_AT_ONCE)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(isDead() && probe - first.due > 0 ? probe : first.due);
    }

    /** A delivery has succeeded: the event is gone. */
    void delivered(Waiting ended) {
        boolean wasDead = isDead();
        failuresInRow = 0;
        stopped(ended);
        remove(ended);
        if (wasDead) {
            List<Waiting> all = new ArrayList<>(ready);
            ready.clear();
            all.forEach(each -> each.due = ended.due);
            ready.addAll(all);
        }
    }

    /** A delivery has failed: the event waits. */
    void failed(Waiting ended, long now) {
        stopped(ended);
        failuresInRow++;
        ended.failures++;
        ended.due = now + pause(ended.failures).toNanos();
        probe = now + pause(Math.max(1, failuresInRow - DEAD_AFTER + 1)).toNanos();
        makeReady(ended);
    }

    private void stopped(Waiting ended) {
        running--;
        ended.running = false;
    }

    /** How long after that many failures. */
    static Duration pause(int failures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Forgets an event that isn't being delivered. */
    void remove(Waiting gone) {
        if (gone.ready) {
            gone.ready = false;
            ready.remove(gone);
        }
        for (String key : gone.event.keys()) {
            Deque<Waiting> queue = byKey.get(key);
            if (queue != null) {
                queue.remove(gone);
                if (queue.isEmpty()) {
                    byKey.remove(key);
                }
            }
        }
        for (String key : gone.event.keys()) {
            Waiting next = first(key);
            if (next != null && !next.running && !next.ready) {
                addIfFirst(next);
            }
        }
    }

    /** True if nothing is being delivered, and nothing may be before {@code now}. */
    boolean isQuiet(long now) {
        OptionalLong due = due();
        return running == 0 && (due.isEmpty() || due.getAsLong() - now > 0);
    }
}
