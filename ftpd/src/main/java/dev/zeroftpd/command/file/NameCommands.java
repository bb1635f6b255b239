package dev.zeroftpd.command.file;

import dev.zeroftpd.control.reply.Reply;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;

/** DELE and RNFR (RFC 959, section 4.1.3); {@link RntoCommand} follows. Stateless; they run on the session's mailbox. */
public final class NameCommands {

    private NameCommands() {}

    public static FtpReply delete(FileVerb.Request request) throws IOException {
        VirtualPath path = request.path();
        FtpFile file = request.file(path);
        request.home().delete(path);
        request.statistics().setDelete(request.session(), file);
        request.tell(EventKind.DELETE, path, "");
        return new FileReply(FtpReply.REPLY_250_REQUESTED_FILE_ACTION_OKAY, "Deleted " + path + ".", file);
    }

    public static FtpReply renameFrom(FileVerb.Request request) throws IOException {
        FtpIoSession session = request.session();
        session.setRenameFrom(null);
        VirtualPath path = request.path();
        request.home().beginRename(path);
        session.setRenameFrom(request.file(path));
        return Reply.of(
                FtpReply.REPLY_350_REQUESTED_FILE_ACTION_PENDING_FURTHER_INFORMATION,
                "Send RNTO with the new name of " + path + ".");
    }
}
