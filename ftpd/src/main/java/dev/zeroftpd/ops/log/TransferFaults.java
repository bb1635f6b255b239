package dev.zeroftpd.ops.log;

import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.transfer.result.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells why transfers failed on this machine, where their own line can't tell it all. Stateless; any thread that may block. */
public final class TransferFaults {

    private static final FewLines FAULTS = FewLines.perMinute(LoggerFactory.getLogger(TransferFaults.class), 20);

    private TransferFaults() {}

    /** Logs the cause of a local failure, with the path, unless the transfer's line has said it. */
    public static void log(Outcome outcome, String verb, String path, String user) {
        if (outcome instanceof Outcome.LocalFailure(String detail, @Nullable Throwable cause)
                && cause != null
                && saysMore(cause, detail)) {
            FAULTS.write(
                    Level.WARN,
                    () -> verb + " \"" + LogText.escape(path) + "\" of " + LogText.escape(user) + " failed",
                    cause);
        }
    }

    /** False for a refusal that the transfer's own line has told in full. */
    private static boolean saysMore(Throwable cause, String detail) {
        @Nullable Throwable deeper = cause.getCause();
        return !detail.equals(cause.getMessage()) || (deeper != null && saysMore(deeper, detail));
    }
}
