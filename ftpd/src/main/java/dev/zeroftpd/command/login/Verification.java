package dev.zeroftpd.command.login;

import dev.zeroftpd.control.admission.AddressPrefix;

/** One password that waits to be verified. Any thread. */
interface Verification {

    /** Whom its client shares turns with. */
    AddressPrefix from();

    /** True if the password was right when it was last verified: it goes before guesses. */
    boolean isLikelyRight();

    /** True if the client is known to have left. */
    boolean isDeparted();

    /** Verifies it. May compute for a second. */
    void run();

    /** Ends the session without verifying: its client has left, and others need the processors. */
    void drop();
}
