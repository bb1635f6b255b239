package dev.zeroftpd.storage.quota;

import dev.zeroftpd.storage.Room;

/** Hears when an account has used much or all of what it may. Any thread; must not wait. */
public interface QuotaObserver {

    /** It has just come to the part from which on operators want to know. */
    void nearlyFull(String account, Room room);

    /** Something was refused to it; not told again before it has used less than that part. */
    void full(String account, Room room);
}
