package dev.zeroftpd.control.rule;

/** When and where a command may run, as the session's mailbox needs to know. */
public enum Conduct {
    /** May block; waits for the end of a transfer. */
    ORDINARY,
    /** Never blocks, so that a thread that must not block may run it; waits for the end of a transfer. */
    QUICK,
    /** May block; runs during a transfer too. */
    DURING_TRANSFER,
    /** Never blocks; runs during a transfer too. */
    QUICK_DURING_TRANSFER,
    /** ABOR: waits for the end of a transfer, and every transfer that begins before it is cancelled. */
    ABORT,
    /** Nothing behind it is read until it was run: what follows AUTH may be meant for TLS. May block. */
    BARRIER,
    /** The same, and never blocks: what follows OPTS UTF8 and REIN may be in another charset. */
    QUICK_BARRIER;

    /** The same, and may block. */
    public Conduct blocking() {
        return switch (this) {
            case QUICK -> ORDINARY;
            case QUICK_DURING_TRANSFER -> DURING_TRANSFER;
            case QUICK_BARRIER -> BARRIER;
            case ORDINARY, DURING_TRANSFER, ABORT, BARRIER -> this;
        };
    }

    public boolean quick() {
        return this == QUICK || this == QUICK_DURING_TRANSFER || this == QUICK_BARRIER;
    }

    public boolean duringTransfer() {
        return this == DURING_TRANSFER || this == QUICK_DURING_TRANSFER;
    }

    public boolean barrier() {
        return this == BARRIER || this == QUICK_BARRIER;
    }
}
