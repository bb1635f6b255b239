package dev.zeroftpd.transfer.result;

import java.time.Duration;

/**
 * The end of one transfer. Immutable.
 *
 * @param bytes of an upload what was written to the file; else as {@code transmitted}; 0 or more
 * @param transmitted bytes on the data connection as the peer counts them (after conversion, before TLS), 0 or more
 * @param elapsed from the moment the data connection was asked for until it was closed
 */
public record TransferResult(Outcome outcome, long bytes, long transmitted, Duration elapsed, Way way) {

    /** Of a transfer that changes no byte on the way. */
    public TransferResult(Outcome outcome, long bytes, Duration elapsed, Way way) {
        this(outcome, bytes, bytes, elapsed, way);
    }

    /** What replies and the log put behind the bytes where others travelled: {@code  (7 transmitted)}, else nothing. */
    public String transmittedRemark() {
        return bytes == transmitted ? "" : " (" + transmitted + " transmitted)";
    }

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
