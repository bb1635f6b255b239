package dev.zeroftpd.control.ban;

import dev.zeroftpd.ops.event.Events;

/** Doors for tests of other packages. */
public final class Doors {

    private Doors() {}

    /** One that keeps no address out. */
    public static Door open() {
        return new Door(Bans.none(), true, Events.NONE);
    }
}
