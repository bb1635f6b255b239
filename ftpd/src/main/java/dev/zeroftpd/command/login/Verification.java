package dev.zeroftpd.command.login;

/** One password that waits to be verified. Any thread. */
interface Verification {

    /** True if the client is known to have left. */
    boolean isDeparted();

    /** Verifies it. May compute for a second. */
    void run();

    /** Ends the session without verifying: its client has left, and others need the processors. */
    void drop();
}
