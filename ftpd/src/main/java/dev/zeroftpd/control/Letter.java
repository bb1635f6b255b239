package dev.zeroftpd.control;

/**
 * One thing that a session's {@link Mailbox} has to do. Immutable; run once, by the mailbox.
 *
 * @param body what to do; throws nothing that it could handle itself
 * @param conduct when and where it may run
 */
record Letter(Runnable body, Conduct conduct) {

    /** What the mailbox has to know about a letter. */
    enum Conduct {
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
        /** AUTH, say: nothing behind it is read until it was run, because what follows may be meant for TLS. */
        BARRIER,
        /** The same, and never blocks. */
        QUICK_BARRIER;

        boolean quick() {
            return this == QUICK || this == QUICK_DURING_TRANSFER || this == QUICK_BARRIER;
        }

        boolean duringTransfer() {
            return this == DURING_TRANSFER || this == QUICK_DURING_TRANSFER;
        }

        boolean barrier() {
            return this == BARRIER || this == QUICK_BARRIER;
        }
    }
}
