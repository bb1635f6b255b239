package dev.zeroftpd.control.ban;

/** Who made a ban: it decides how long it is remembered, and whom it may keep out. */
public enum BanOrigin {
    /** Guesses at passwords did: it spares what the rules spare. */
    GUESSES,
    /** The operator did: it holds for every address, until it is over or lifted. */
    OPERATOR
}
