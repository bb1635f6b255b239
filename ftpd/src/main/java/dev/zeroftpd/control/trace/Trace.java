package dev.zeroftpd.control.trace;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The lines of some sessions, on their way to one operator. Any thread adds, one takes.
 *
 * <p>Where the operator is slower than the sessions, lines are left out and counted.
 */
public final class Trace implements AutoCloseable {

    /** A burst of some sessions; with the longest lines 2 MiB. */
    public static final int MOST_WAITING = 1000;

    private final Predicate<TracedLine> wanted;
    private final Consumer<Trace> end;
    private final BlockingQueue<TracedLine> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong leftOut = new AtomicLong();

    Trace(Predicate<TracedLine> wanted, Consumer<Trace> end) {
        this.wanted = wanted;
        this.end = end;
    }

    /** Never waits. */
    void add(TracedLine line) {
        if (wanted.test(line) && !waiting.offer(line)) {
            leftOut.incrementAndGet();
        }
    }

    /** The next line; empty if none comes within that time. */
    public Optional<TracedLine> next(Duration longest) throws InterruptedException {
        return Optional.ofNullable(waiting.poll(longest.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** How many lines were left out since this was asked the last time. */
    public long leftOut() {
        return leftOut.getAndSet(0);
    }

    /** No more lines are added. */
    @Override
    public void close() {
        end.accept(this);
    }
}
