package dev.zeroftpd.transfer.loop;

/** Something that an event loop does later. For the loop's thread only. */
public final class LoopTimer implements Comparable<LoopTimer> {

    private final EventLoop loop;
    final long deadline;
    private final long sequence;
    final Runnable action;

    LoopTimer(EventLoop loop, long deadline, long sequence, Runnable action) {
        this.loop = loop;
        this.deadline = deadline;
        this.sequence = sequence;
        this.action = action;
    }

    /** Forgets the action, unless it ran already. */
    public void cancel() {
        loop.forget(this);
    }

    @Override
    public int compareTo(LoopTimer other) {
        // nanoTime may be negative and may wrap: only differences count
        long difference = deadline - other.deadline;
        return difference != 0 ? Long.signum(difference) : Long.compare(sequence, other.sequence);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sequence);
    }
}
