package dev.zeroftpd.transfer;

import java.time.Duration;

/**
 * The end of one transfer. Immutable.
 *
 * @param bytes bytes on the data connection as the peer counts them (after conversion, before TLS), 0 or more
 * @param elapsed from the moment the data connection was asked for until it was closed
 */
public record TransferResult(Outcome outcome, long bytes, Duration elapsed, TransferPath path) {

    public boolean completed() {
        return outcome instanceof Outcome.Completed;
    }
}
