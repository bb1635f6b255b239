package dev.zeroftpd.users.source;

import java.util.concurrent.atomic.LongAdder;

/** How often a source was asked, and what came of it. Any thread. */
public final class SourceCounts {

    private final LongAdder right = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final LongAdder unavailable = new LongAdder();
    private final LongAdder stale = new LongAdder();

    /** Takes one count. */
    @FunctionalInterface
    public interface Reader {
        void count(String result, long count);
    }

    /** A password that a source has verified, or that matched what it has stored. */
    public void countRight() {
        right.increment();
    }

    /** One that didn't. */
    public void countWrong() {
        wrong.increment();
    }

    void countUnavailable() {
        unavailable.increment();
    }

    /** An answer from before served while the source was away; it has been counted as unavailable too. */
    public void countStale() {
        stale.increment();
    }

    /** Hands on all of them. */
    public void forEach(Reader reader) {
        reader.count("right", right.sum());
        reader.count("wrong", wrong.sum());
        reader.count("unavailable", unavailable.sum());
        reader.count("stale", stale.sum());
    }
}
