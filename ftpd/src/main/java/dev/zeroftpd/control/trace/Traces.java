package dev.zeroftpd.control.trace;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The traces that run now. Any thread; adding a line never waits. */
public final class Traces {

    /** Each looks at every line of every session. */
    static final int MOST = 8;

    private final List<Trace> running = new CopyOnWriteArrayList<>();

    /** False if a line would be made in vain. */
    public boolean areWanted() {
        return !running.isEmpty();
    }

    /** Begins one, which its user closes; empty if too many run. */
    public synchronized Optional<Trace> begin(Predicate<TracedLine> wanted) {
        if (running.size() >= MOST) {
            return Optional.empty();
        }
        Trace trace = new Trace(wanted, running::remove);
        running.add(trace);
        return Optional.of(trace);
    }

    /** Gives a line to those that want it. */
    void add(TracedLine line) {
        running.forEach(trace -> trace.add(line));
    }
}
