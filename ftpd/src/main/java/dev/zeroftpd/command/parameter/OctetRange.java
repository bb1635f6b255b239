package dev.zeroftpd.command.parameter;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.transfer.FilePart;
import dev.zeroftpd.transfer.FileSource;
import java.util.Optional;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;

/**
 * The part of a file that RANG chose for the next RETR, STOR or HASH, kept as a session attribute
 * (draft-bryan-ftp-range). Immutable.
 *
 * @param first of the first byte, from 0
 * @param last of the last byte, which belongs to it
 */
public record OctetRange(long first, long last) {

    private static final String ATTRIBUTE = "dev.zeroftpd.range";

    static void set(FtpIoSession session, OctetRange range) {
        session.setAttribute(ATTRIBUTE, range);
    }

    public static void clear(FtpIoSession session) {
        session.removeAttribute(ATTRIBUTE);
    }

    /** What was chosen; it holds once. */
    public static Optional<OctetRange> take(FtpIoSession session) {
        return Optional.ofNullable((OctetRange) session.removeAttribute(ATTRIBUTE));
    }

    /** True if a range was chosen for a command that can't have one; then the client was told, and the range is gone. */
    public static boolean refuseAny(FtpIoSession session) {
        if (take(session).isEmpty()) {
            return false;
        }
        Replies.refuse(
                session,
                FtpReply.REPLY_504_COMMAND_NOT_IMPLEMENTED_FOR_THAT_PARAMETER,
                "RANG goes before RETR, STOR and HASH only.");
        return true;
    }

    /** True if the session's type sends other bytes than the file has; then the client was told. */
    public boolean refuseInText(FtpIoSession session) {
        if (session.getDataType() != DataType.ASCII) {
            return false;
        }
        Replies.refuse(
                session,
                FtpReply.REPLY_504_COMMAND_NOT_IMPLEMENTED_FOR_THAT_PARAMETER,
                "RANG counts the file's own bytes: send TYPE I.");
        return true;
    }

    /** {@code whole} up to the last byte of this range. */
    public FileSource endOf(FileSource whole) {
        return last < whole.size() ? new FilePart(whole, last + 1) : whole;
    }
}
