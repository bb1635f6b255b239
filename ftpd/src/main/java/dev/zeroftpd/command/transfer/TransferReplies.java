package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.os.Quantity;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.TransferResult;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.apache.ftpserver.ftplet.FtpReply;

/**
 * The table from a transfer's outcome to the reply that ends it (RFC 959, section 5.4): behind the 150. What is refused
 * before it is {@link dev.zeroftpd.command.reply.StorageReplies}. Stateless; any thread.
 */
final class TransferReplies {

    private TransferReplies() {}

    /** A reply's code and the sentence behind it. */
    record Line(int code, String text) {}

    /**
     * The reply for {@code result}; none if the control connection is gone.
     *
     * @param refusalCode says for the verb that storage refuses its file
     */
    static Optional<Line> lineFor(TransferResult result, IntSupplier refusalCode) {
        return switch (result.outcome()) {
            case Outcome.Completed() -> line(FtpReply.REPLY_226_CLOSING_DATA_CONNECTION, completed(result));
            case Outcome.NoDataConnection none ->
                line(FtpReply.REPLY_425_CANT_OPEN_DATA_CONNECTION, "No data connection: " + none.detail() + ".");
            case Outcome.PeerClosed closed -> broken(result, "Data connection closed by the client", closed.detail());
            case Outcome.Stalled stalled -> broken(result, "No progress for " + words(stalled.limit()), "");
            case Outcome.TlsTruncated() ->
                broken(result, "TLS connection cut without close_notify, the file may be incomplete", "");
            case Outcome.ClientVanished() ->
                broken(result, "Control connection ended without QUIT, the file may be incomplete", "");
            case Outcome.Aborted aborted -> aborted(result, aborted.cause());
            case Outcome.SourceChanged changed ->
                local(FtpReply.REPLY_451_REQUESTED_ACTION_ABORTED, result, changed.detail());
            case Outcome.LocalFailure failure ->
                local(FtpReply.REPLY_451_REQUESTED_ACTION_ABORTED, result, failure.detail());
            case Outcome.DiskFull full -> local(Replies.REPLY_DISK_FULL, result, full.detail());
            case Outcome.QuotaExceeded quota ->
                local(FtpReply.REPLY_552_REQUESTED_FILE_ACTION_ABORTED_EXCEEDED_STORAGE, result, quota.detail());
            case Outcome.Rejected rejected ->
                line(FtpReply.REPLY_553_REQUESTED_ACTION_NOT_TAKEN_FILE_NAME_NOT_ALLOWED, rejected.detail());
            case Outcome.NotPermitted refused -> line(refusalCode.getAsInt(), refused.detail() + ".");
        };
    }

    private static Optional<Line> aborted(TransferResult result, Outcome.Aborted.Cause cause) {
        return switch (cause) {
            case ABOR -> broken(result, "Transfer aborted", "");
            case SHUTDOWN -> broken(result, "Server is shutting down", "");
            case KICKED -> broken(result, "Ended by the administrator", "");
            case CONTROL_CLOSED -> Optional.empty();
        };
    }

    private static String completed(TransferResult result) {
        String unit = result.bytes() == 1 ? " byte" : " bytes";
        return "Transfer complete: " + result.bytes() + unit + result.transmittedRemark() + " in " + result.seconds()
                + " s, " + result.way().describe() + ".";
    }

    private static Optional<Line> broken(TransferResult result, String what, String detail) {
        String because = detail.isEmpty() ? "" : " (" + detail + ")";
        return line(
                FtpReply.REPLY_426_CONNECTION_CLOSED_TRANSFER_ABORTED,
                what + because + " after " + Quantity.of(result.bytes(), "byte") + ".");
    }

    private static Optional<Line> local(int code, TransferResult result, String detail) {
        return line(code, "Transfer failed after " + Quantity.of(result.bytes(), "byte") + ": " + detail + ".");
    }

    private static Optional<Line> line(int code, String text) {
        return Optional.of(new Line(code, text));
    }

    private static String words(Duration limit) {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
