package dev.zeroftpd.transfer.result;

import java.time.Duration;

/**
 * The end of one transfer. Immutable.
 *
 * @param bytes bytes on the data connection as the peer counts them (after conversion, before TLS), 0 or more
 * @param elapsed from the moment the data connection was asked for until it was closed
 */
public record TransferResult(Outcome outcome, long bytes, Duration elapsed, Way way) {

    /** The elapsed time in seconds with milliseconds, as replies and the log tell it in every language. */
    public String seconds() {
        long milliseconds = (elapsed.toNanos() + 500_000) / 1_000_000;
        String thousandths = Long.toString(1000 + milliseconds % 1000).substring(1);
        return milliseconds / 1000 + "." + thousandths;
    }

    public boolean completed() {
        return outcome instanceof Outcome.Completed;
    }
}
