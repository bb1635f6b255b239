package dev.zeroftpd.command.file;

import dev.zeroftpd.control.SessionEvents;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.RenameFtpReply;
import org.apache.ftpserver.impl.FtpIoSession;

/** The reply to a successful RNTO, with both names for Ftplets. Immutable. */
final class RenameReply extends DefaultFtpReply implements RenameFtpReply {

    private final FtpFile from;
    private final FtpFile to;

    RenameReply(FtpFile from, FtpFile to) {
        super(FtpReply.REPLY_250_REQUESTED_FILE_ACTION_OKAY, "Renamed to " + to.getAbsolutePath() + ".");
        this.from = from;
        this.to = to;
    }

    /** Tells those who follow events, then the client. */
    void writeTo(FtpIoSession session) {
        if (SessionEvents.wants(session, EventKind.RENAME)) {
            SessionEvents.publish(
                    session,
                    EventKind.RENAME,
                    new Event.Deed("RNTO", from.getAbsolutePath(), to.getAbsolutePath()),
                    Ending.Done.PLAINLY);
        }
        session.write(this);
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
