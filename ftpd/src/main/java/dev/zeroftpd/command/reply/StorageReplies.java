package dev.zeroftpd.command.reply;

import dev.zeroftpd.command.stock.StorageRefusal;
import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.storage.StorageException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The table from what storage refuses to the reply that says so (RFC 959, section 5.4): before the 150, and where there is
 * none. What ends a transfer that has begun is {@code command.transfer.TransferReplies}. Stateless; any thread.
 */
public final class StorageReplies {

    /** Clients can ask for a file that can't be read again and again. */
    private static final FewLines FAULTS = FewLines.perMinute(LoggerFactory.getLogger(StorageReplies.class), 20);

    private StorageReplies() {}

    /**
     * Tells why a command was refused; {@code refusal} is what that means for its verb. What the client isn't told of a failure, its
     * cause, goes to the log.
     */
    public static FtpReply of(StorageException why, Refusal refusal) {
        if (why.kind() == StorageException.Kind.FAILED && why.getCause() != null) {
            FAULTS.write(Level.WARN, () -> LogText.escape(String.valueOf(why.getMessage())), why.getCause());
        }
        return new StorageRefusal(code(why.kind(), refusal), why.getMessage() + ".", why.kind());
    }

    static int code(StorageException.Kind kind, Refusal refusal) {
        return switch (kind) {
            case NOT_FOUND, NOT_A_FILE, NOT_A_DIRECTORY, NOT_EMPTY -> FtpReply.REPLY_550_REQUESTED_ACTION_NOT_TAKEN;
            case NOT_PERMITTED, OUTSIDE_HOME, INVALID_NAME, EXISTS, ANOTHER_FILE_SYSTEM, UNSUPPORTED -> refusal.code();
            case NO_SPACE -> Replies.REPLY_DISK_FULL;
            case QUOTA, TOO_LARGE -> FtpReply.REPLY_552_REQUESTED_FILE_ACTION_ABORTED_EXCEEDED_STORAGE;
            case BUSY, IN_USE, UNFINISHED -> FtpReply.REPLY_450_REQUESTED_FILE_ACTION_NOT_TAKEN;
            case BEYOND_END -> Replies.REPLY_554_INVALID_REST_PARAMETER;
            case FAILED -> FtpReply.REPLY_451_REQUESTED_ACTION_ABORTED;
        };
    }
}
