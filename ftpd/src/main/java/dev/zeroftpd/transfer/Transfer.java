package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.result.Outcome;
import java.time.Duration;

/** A transfer under way, as seen from outside: to watch it and to end it. Every method may be called by any thread. */
public interface Transfer {

    /**
     * Ends the transfer unless it has an outcome already: the first cause wins. Returns at once; its {@link
     * EndCallback} follows when the data connection is closed.
     */
    void cancel(Outcome.Aborted.Cause cause);

    /** Bytes moved over the data connection so far. */
    long bytes();

    /** Time since the data connection was asked for. */
    Duration elapsed();
}
