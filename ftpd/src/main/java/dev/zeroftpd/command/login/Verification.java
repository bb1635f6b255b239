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

    /** True if another server is asked, which is waited for. */
    default boolean asksElsewhere() {
        return false;
    }

    /** Verifies it. May compute for a second; if it asks elsewhere, it waits for up to the time-out of that. */
    void run();

    /** Ends the session without verifying: its client has left, and others need the processors. */
    void drop();
}
