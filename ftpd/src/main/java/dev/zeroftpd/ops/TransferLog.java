package dev.zeroftpd.ops;

import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.TransferResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line for each finished transfer, to the logger {@code dev.zeroftpd.transfer-log}. Any thread that may
 * block on the log's output, so never an event loop.
 */
public final class TransferLog {

    /** The logger's name is what operators route in logback.xml. */
    public static final String LOGGER = "dev.zeroftpd.transfer-log";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
    private static final Logger CAUSES = LoggerFactory.getLogger(TransferLog.class);

    /** Writes {@code record}: at INFO, or at WARN where the fault was on this machine. */
    public void write(TransferRecord record) {
        if (isOurFault(record.result().outcome())) {
            LOG.warn("{}", line(record));
            logCause(record);
        } else if (LOG.isInfoEnabled()) {
            LOG.info("{}", line(record));
        }
    }

    /** To a logger of its own, so that the transfer log has one line for each transfer. */
    private static void logCause(TransferRecord record) {
        if (record.result().outcome() instanceof Outcome.LocalFailure(String detail, @Nullable Throwable cause)
                && cause != null
                && saysMore(cause, detail)) {
            CAUSES.warn(
                    "{} \"{}\" of {} failed",
                    record.verb(),
                    LogText.escape(record.path()),
                    LogText.escape(record.user()),
                    cause);
        }
    }

    /** False for a refusal that the transfer's own line has told in full. */
    private static boolean saysMore(Throwable cause, String detail) {
        @Nullable Throwable deeper = cause.getCause();
        return !detail.equals(cause.getMessage()) || (deeper != null && saysMore(deeper, detail));
    }

    static String line(TransferRecord record) {
        TransferResult result = record.result();
        // concatenated by hand: a format string costs a small file a hundredth of all its processor time
        return LogText.escape(record.user())
                + " " + record.address()
                + " " + record.verb()
                + " \"" + LogText.escape(record.path())
                + "\", " + result.bytes() + " bytes" + result.transmittedRemark() + ", "
                + result.seconds() + " s, "
                + megabytesPerSecond(result) + " MB/s, "
                + result.way().describe() + ", "
                + LogText.escape(describe(result.outcome()));
    }

    /** With one decimal. */
    private static String megabytesPerSecond(TransferResult result) {
        double seconds = result.elapsed().toNanos() / 1e9;
        long tenths = seconds > 0 ? Math.round(result.bytes() / 1e5 / seconds) : 0;
        return tenths / 10 + "." + tenths % 10;
    }

    private static boolean isOurFault(Outcome outcome) {
        return switch (outcome) {
            case Outcome.LocalFailure ignored -> true;
            case Outcome.DiskFull ignored -> true;
            case Outcome.Completed ignored -> false;
            case Outcome.NoDataConnection ignored -> false;
            case Outcome.PeerClosed ignored -> false;
            case Outcome.Stalled ignored -> false;
            case Outcome.TlsTruncated ignored -> false;
            case Outcome.ClientVanished ignored -> false;
            case Outcome.Aborted ignored -> false;
            case Outcome.SourceChanged ignored -> false;
            case Outcome.QuotaExceeded ignored -> false;
            case Outcome.NotPermitted ignored -> false;
        };
    }

    private static String describe(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed() -> "completed";
            case Outcome.NoDataConnection none -> "no data connection: " + none.detail();
            case Outcome.PeerClosed closed -> "closed by client: " + closed.detail();
            case Outcome.Stalled stalled ->
                "stalled: no progress for " + stalled.limit().toMillis() + " ms";
            case Outcome.TlsTruncated() -> "cut without close_notify";
            case Outcome.ClientVanished() -> "client vanished without QUIT";
            case Outcome.Aborted aborted -> "aborted: " + describe(aborted.cause());
            case Outcome.SourceChanged changed -> "source changed: " + changed.detail();
            case Outcome.LocalFailure failure -> "failed: " + failure.detail();
            case Outcome.DiskFull full -> "disk full: " + full.detail();
            case Outcome.QuotaExceeded quota -> "quota exceeded: " + quota.detail();
            case Outcome.NotPermitted refused -> "not permitted: " + refused.detail();
        };
    }

    private static String describe(Outcome.Aborted.Cause cause) {
        return switch (cause) {
            case ABOR -> "ABOR";
            case CONTROL_CLOSED -> "control connection closed";
            case SHUTDOWN -> "shutdown";
        };
    }
}
