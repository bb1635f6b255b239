package dev.zeroftpd.command.parameter;

import dev.zeroftpd.command.reply.Replies;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * RANG (draft-bryan-ftp-range): the bytes, first and last, that the next RETR, STOR or HASH is about; {@code RANG 1 0}
 * takes it back. It replaces what REST said, as REST replaces it. Never blocks.
 */
public final class RangCommand implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        String[] words = (request.hasArgument() ? request.getArgument().strip() : "").split(" +", -1);
        long first = Numbers.parse(words[0]);
        long last = words.length == 2 ? Numbers.parse(words[1]) : Numbers.NONE;
        OctetRange.clear(session); // an invalid range too goes back to the whole file
        session.setFileOffset(0);
        if (first == 1 && last == 0) {
            pending(session, "The next RETR, STOR or HASH takes the whole file.");
        } else if (first < 0 || last < first) {
            Replies.badArgument(session, "RANG takes the first and the last byte.");
        } else {
            OctetRange.set(session, new OctetRange(first, last));
            pending(session, "The next RETR, STOR or HASH takes bytes " + first + " to " + last + ".");
        }
    }

    private static void pending(FtpIoSession session, String text) {
        Replies.say(session, FtpReply.REPLY_350_REQUESTED_FILE_ACTION_PENDING_FURTHER_INFORMATION, text);
    }
}
