package dev.zeroftpd.control.admission;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all sessions of a server together may have sent and not yet had carried out, in bytes. Any thread.
 *
 * <p>One session may queue half a MiB; ten thousand of them would be gigabytes.
 */
public final class InputBudget {

    /** Of the heap: a sixteenth leaves room for the objects around the bytes. */
    private static final int SHARE = 16;

    private final long most;
    private final AtomicLong held = new AtomicLong();

    /** A share of this process's heap. */
    public InputBudget() {
        this(Runtime.getRuntime().maxMemory() / SHARE);
    }

    InputBudget(long most) {
        this.most = most;
    }

    /** More bytes are held, or fewer. */
    public void add(long bytes) {
        held.addAndGet(bytes);
    }

    /** True if no session may queue more than one command. */
    boolean isSpent() {
        return held.get() >= most;
    }

    /** True if even that is too much: a session that sends more than one line at once has to go. */
    public boolean isOverdrawn() {
        return held.get() >= 2 * most;
    }
}
