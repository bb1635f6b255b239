package dev.zeroftpd.command.file;

import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.RenameFtpReply;

/** The reply to a successful RNTO, with both names for Ftplets. Immutable. */
final class RenameReply extends DefaultFtpReply implements RenameFtpReply {

    private final FtpFile from;
    private final FtpFile to;

    RenameReply(FtpFile from, FtpFile to) {
        super(FtpReply.REPLY_250_REQUESTED_FILE_ACTION_OKAY, "Renamed to " + to.getAbsolutePath() + ".");
        this.from = from;
        this.to = to;
    }

    @Override
    public FtpFile getFrom() {
        return from;
    }

    @Override
    public FtpFile getTo() {
        return to;
    }
}
