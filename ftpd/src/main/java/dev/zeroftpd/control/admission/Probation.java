package dev.zeroftpd.control.admission;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The part of one session's life in which it has no login: it counts as a stranger, and its time is short, however busy it
 * is. Any thread.
 */
public final class Probation {

    private static final String TOO_SLOW = "Log in faster: closing control connection.";

    /** How the session is ended: politely with a reason, and at once. */
    record End(Consumer<String> politely, Runnable atOnce) {}

    private final Strangers strangers;
    private final AddressPrefix prefix;
    private final Duration longest;
    private final End end;
    private long arrival;
    private long leftNanos;
    private long startedAt;
    private @Nullable Future<?> deadline;
    private @Nullable Future<?> closing;
    private boolean closed;
    private volatile boolean over = true;

    Probation(Strangers strangers, AddressPrefix prefix, Duration longest, End end) {
        this.strangers = strangers;
        this.prefix = prefix;
        this.longest = longest;
        this.end = end;
    }

    /** The session has no login: it is new, or has logged out. */
    public void begin() {
        synchronized (this) {
            if (!over) {
                return;
            }
            over = false;
            leftNanos = longest.toNanos();
        }
        strangers.add(this);
        resume(); // only now: what is not counted yet can't be found when its time is over
    }

    /** The session has logged in, or has ended. */
    public void end() {
        synchronized (this) {
            over = true;
            pause();
        }
        strangers.remove(this);
    }

    /** True while the session has no login. */
    public boolean isUnderWay() {
        return !over;
    }

    /** The clock stands still while the client waits for the server's own queue. */
    public synchronized void pause() {
        Future<?> running = deadline;
        if (running != null) {
            running.cancel(false);
            deadline = null;
            leftNanos -= System.nanoTime() - startedAt;
        }
    }

    /** The clock goes on. */
    public synchronized void resume() {
        if (over || deadline != null || longest.isZero()) {
            return;
        }
        startedAt = System.nanoTime();
        deadline = strangers.timer().schedule(this::expire, Math.max(0, leftNanos), TimeUnit.NANOSECONDS);
    }

    private void expire() {
        if (strangers.remove(this)) {
            sendAway(TOO_SLOW);
        }
    }

    /** Ends the session, which is no longer counted. */
    void sendAway(String why) {
        synchronized (this) {
            over = true;
            pause();
        }
        try {
            end.politely().accept(why);
        } finally {
            closeSoon();
        }
    }

    /** Closes the session within seconds, whether its client has read why or not. */
    public synchronized void closeSoon() {
        if (closing == null && !closed) {
            closing = strangers.closeSoon(end.atOnce());
        }
    }

    /** The session's connection is closed: nothing holds on to it any more. */
    public void closed() {
        synchronized (this) {
            closed = true;
            if (closing != null) {
                closing.cancel(false);
            }
        }
        end();
    }

    /** Where the session's client connects from. */
    public AddressPrefix from() {
        return prefix;
    }

    /** Which stranger of this server it is: guarded by the lock of {@link Strangers}. */
    long arrival() {
        return arrival;
    }

    void arrivedAs(long number) {
        arrival = number;
    }
}
