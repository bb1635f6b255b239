package dev.zeroftpd.command.file;

import dev.zeroftpd.control.reply.Reply;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import org.apache.ftpserver.ftplet.FtpReply;

/**
 * AVBL: bytes that may still be written where the path is (draft-peterson-streamlined-ftp-command-extensions, section 4).
 * Stateless; runs on the session's mailbox.
 */
public final class AvblCommand implements FileVerb {

    @Override
    public FtpReply run(Request request) throws IOException {
        VirtualPath path = request.path();
        VirtualPath measured = request.home().reveals(path) ? path : VirtualPath.ROOT; // it must not tell what is there
        long bytes = request.home().storage().usableSpace(measured);
        if (bytes == Storage.UNKNOWN_SPACE) {
            throw new StorageException(
                    StorageException.Kind.UNSUPPORTED, path + ": this file system doesn't tell how much room is left");
        }
        return Reply.of(FtpReply.REPLY_213_FILE_STATUS, Long.toString(bytes));
    }
}
