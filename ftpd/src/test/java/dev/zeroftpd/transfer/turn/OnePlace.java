package dev.zeroftpd.transfer.turn;

import java.util.concurrent.TimeUnit;

/** A machine on which one thread may compute, and that is another's until {@link #free}. */
public final class OnePlace {

    private final Turns turns = new Turns(1, TimeUnit.MINUTES.toNanos(1));
    private final Turn other = turns.of("another");

    private OnePlace() {}

    public static OnePlace taken() {
        OnePlace place = new OnePlace();
        place.other.take();
        return place;
    }

    public Turns turns() {
        return turns;
    }

    public boolean hasNoneWaiting() {
        return turns.hasNoneWaiting();
    }

    /** To be called by the thread that took it. */
    public void free() {
        other.leave();
    }
}
