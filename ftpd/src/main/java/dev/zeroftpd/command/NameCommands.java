package dev.zeroftpd.command;

import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;

/** DELE, RNFR and RNTO (RFC 959, section 4.1.3). Stateless; they run on the session's mailbox. */
final class NameCommands {

    private NameCommands() {}

    static FtpReply delete(FileVerb.Request request) throws IOException {
        VirtualPath path = request.writablePath();
        FtpFile file = request.file(path);
        request.home().delete(path);
        request.statistics().setDelete(request.session(), file);
        return new FileReply(FtpReply.REPLY_250_REQUESTED_FILE_ACTION_OKAY, "Deleted " + path + ".", file);
    }

    static FtpReply renameFrom(FileVerb.Request request) throws IOException {
        FtpIoSession session = request.session();
        session.setRenameFrom(null);
        VirtualPath path = request.writablePath();
        request.home().storage().metadata(path);
        session.setRenameFrom(request.file(path));
        return new DefaultFtpReply(
                FtpReply.REPLY_350_REQUESTED_FILE_ACTION_PENDING_FURTHER_INFORMATION,
                "Send RNTO with the new name of " + path + ".");
    }

    /** What exists is never overwritten. */
    static FtpReply renameTo(FileVerb.Request request) throws IOException {
        FtpIoSession session = request.session();
        FtpFile from = session.getRenameFrom();
        if (from == null) {
            return new DefaultFtpReply(FtpReply.REPLY_503_BAD_SEQUENCE_OF_COMMANDS, "RNTO comes after RNFR.");
        }
        session.setRenameFrom(null);
        VirtualPath to = request.writablePath();
        request.home().storage().rename(request.writable(from.getAbsolutePath()), to);
        return new RenameReply(from, request.file(to));
    }
}
