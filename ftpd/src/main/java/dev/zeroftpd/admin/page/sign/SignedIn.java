package dev.zeroftpd.admin.page.sign;

import java.time.Duration;

/** One browser that is signed in. Any thread. */
public final class SignedIn {

    /** Without a request and an open page. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** However busy it is: an unattended browser isn't signed in for ever. */
    static final Duration LONGEST = Duration.ofHours(12);

    /** People who type a filter ask as often. */
    private static final long ASKS_EVERY_NANOS = Duration.ofMillis(200).toNanos();

    /** The most at once. */
    private static final int MOST_ASKS = 10;

    private final PageRole role;
    private final String name;
    private final String key;
    private final long began;
    private volatile long used;
    private volatile boolean ended;

    /** When all that was asked for would have been spread evenly. Guarded by this. */
    private long asked;

    SignedIn(PageRole role, String name, String key, long now) {
        this.role = role;
        this.name = name;
        this.key = key;
        this.began = now;
        this.used = now;
        this.asked = now - MOST_ASKS * ASKS_EVERY_NANOS;
    }

    public PageRole role() {
        return role;
    }

    /** Who it is, as the operator said when the link was made. */
    public String name() {
        return name;
    }

    String key() {
        return key;
    }

    void use(long now) {
        used = now;
    }

    /** Ten at once, and five a second on the average. */
    synchronized boolean mayAsk(long now) {
        if (now - asked > MOST_ASKS * ASKS_EVERY_NANOS) {
            asked = now - MOST_ASKS * ASKS_EVERY_NANOS;
        }
        if (now - asked < ASKS_EVERY_NANOS) {
            return false;
        }
        asked += ASKS_EVERY_NANOS;
        return true;
    }

    void end() {
        ended = true;
    }

    /** Whether it has ended because of what somebody did, and not by time. */
    public boolean isSignedOut() {
        return ended;
    }

    boolean holds(long now) {
        return !ended && now - used < IDLE.toNanos() && now - began < LONGEST.toNanos();
    }

    /** How long it can last at most. */
    Duration left(long now) {
        return LONGEST.minusNanos(now - began);
    }
}
