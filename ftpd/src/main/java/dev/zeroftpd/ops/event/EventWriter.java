package dev.zeroftpd.ops.event;

/**
 * Where events are written: a log, counters, a program of the operator. Called by the thread on which it happens, which may
 * be an I/O thread: it must neither wait nor throw.
 */
public interface EventWriter {

    /** Whether it does anything with events of this kind now. Asked before each event is made, so it must be cheap. */
    boolean wants(EventKind kind);

    /** Gets each event that it wants. */
    void write(Event event);

    /** Ends it: what it has got is written when this returns, or can't be. It may wait for some seconds. */
    default void close() {}
}
