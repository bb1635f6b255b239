package dev.zeroftpd.command.file;

import dev.zeroftpd.command.reply.Replies;
import java.io.IOException;
import org.apache.ftpserver.ftplet.FtpReply;

/**
 * AVBL: bytes that may still be written where the path is (draft-peterson-streamlined-ftp-command-extensions, section 4).
 * Stateless; runs on the session's mailbox.
 */
public final class AvblCommand implements FileVerb {

    @Override
    public FtpReply run(Request request) throws IOException {
        long bytes = request.home().storage().usableSpace(request.path());
        return Replies.of(FtpReply.REPLY_213_FILE_STATUS, Long.toString(bytes));
    }
}
