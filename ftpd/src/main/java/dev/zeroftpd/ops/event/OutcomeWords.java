package dev.zeroftpd.ops.event;

import dev.zeroftpd.transfer.result.Outcome;

/**
 * The one table from a transfer's outcome to what is written of it, except to the client. Immutable.
 *
 * @param word for programs, in lower case with hyphens
 * @param text for people, without detail
 * @param detail for people; may hold any character; empty where there is none
 */
public record OutcomeWords(String word, String text, String detail) {

    private static final OutcomeWords COMPLETED = new OutcomeWords("completed", "completed", "");

    public static OutcomeWords of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed() -> COMPLETED;
            case Outcome.NoDataConnection none ->
                new OutcomeWords("no-data-connection", "no data connection", none.detail());
            case Outcome.PeerClosed closed -> new OutcomeWords("closed-by-client", "closed by client", closed.detail());
            case Outcome.Stalled stalled ->
                new OutcomeWords(
                        "stalled",
                        "stalled",
                        "no progress for " + stalled.limit().toMillis() + " ms");
            case Outcome.TlsTruncated() -> new OutcomeWords("tls-truncated", "cut without close_notify", "");
            case Outcome.ClientVanished() -> new OutcomeWords("client-vanished", "client vanished without QUIT", "");
            case Outcome.Aborted aborted -> new OutcomeWords("aborted", "aborted", cause(aborted.cause()));
            case Outcome.SourceChanged changed ->
                new OutcomeWords("source-changed", "source changed", changed.detail());
            case Outcome.LocalFailure failure -> new OutcomeWords("failed", "failed", failure.detail());
            case Outcome.DiskFull full -> new OutcomeWords("disk-full", "disk full", full.detail());
            case Outcome.QuotaExceeded quota -> new OutcomeWords("quota-exceeded", "quota exceeded", quota.detail());
            case Outcome.Rejected rejected ->
                new OutcomeWords("rejected", "rejected by hook.upload-check", rejected.detail());
            case Outcome.NotPermitted refused -> new OutcomeWords("not-permitted", "not permitted", refused.detail());
        };
    }

    private static String cause(Outcome.Aborted.Cause cause) {
        return switch (cause) {
            case ABOR -> "ABOR";
            case CONTROL_CLOSED -> "control connection closed";
            case SHUTDOWN -> "shutdown";
            case KICKED -> "kicked";
        };
    }

    /** The text, and the detail where there is one. */
    String sentence() {
        return detail.isEmpty() ? text : text + ": " + detail;
    }
}
