package dev.zeroftpd.command.parameter;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.dataconnection.DataConnectionRefusal;
import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.os.FailureReason;
import org.apache.ftpserver.DataConnectionException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells the client and the log that PASV or EPSV found no port. Stateless; any thread. */
final class PassiveRefusals {

    private static final Logger LOG = LoggerFactory.getLogger(PassiveRefusals.class);

    /** Each PASV fails while no descriptor or port is free. */
    private static final FewLines FAILED = FewLines.perMinute(LOG, 60);

    private PassiveRefusals() {}

    /** Replies 425; only words of ours reach the client. */
    static void reply(FtpIoSession session, DataConnectionException why) {
        FAILED.write(
                Level.WARN,
                () -> "No passive data connection for " + session.getRemoteAddress() + ": " + FailureReason.of(why)
                        + because(why.getCause()));
        Replies.say(
                session,
                FtpReply.REPLY_425_CANT_OPEN_DATA_CONNECTION,
                why instanceof DataConnectionRefusal ours
                        ? ours.words()
                        : "The server can't listen for a data connection now, see its log; try again later.");
    }

    private static String because(@Nullable Throwable cause) {
        return cause == null ? "" : " (" + FailureReason.of(cause) + ")";
    }
}
