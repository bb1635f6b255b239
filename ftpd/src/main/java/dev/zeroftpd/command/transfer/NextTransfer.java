package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.parameter.DataProtection;
import dev.zeroftpd.command.parameter.DeflateLevel;
import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.dataconnection.SessionDataConnection;
import dev.zeroftpd.transfer.form.TransferForm;
import java.util.OptionalInt;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;

/**
 * What a client has prepared for its session's next transfer: the data connection, and the form of the bytes on it. Stateless; runs
 * on the session's mailbox.
 */
public final class NextTransfer {

    private NextTransfer() {}

    /** True if no data connection is possible now; then the client has been told what is missing. */
    public static boolean refuseUnprepared(FtpIoSession session) {
        if (DataProtection.isRequired(session) && !session.getDataConnection().isSecure()) {
            Replies.refuse(
                    session,
                    Replies.REPLY_522_DATA_MUST_BE_PROTECTED,
                    "Data connections must be protected: send PROT P.");
            return true;
        }
        if (SessionDataConnection.of(session).isPrepared()) {
            return false;
        }
        Replies.refuse(session, FtpReply.REPLY_425_CANT_OPEN_DATA_CONNECTION, "Use PASV, EPSV, PORT or EPRT first.");
        return true;
    }

    /** Refuses a verb that names no file. */
    static void refuseNameless(FtpIoSession session, FtpRequest request) {
        Replies.refuse(
                session,
                FtpReply.REPLY_501_SYNTAX_ERROR_IN_PARAMETERS_OR_ARGUMENTS,
                request.getCommand() + " needs a file name.");
    }

    /** The form in which the session wants a file's bytes. */
    public static TransferForm form(FtpIoSession session) {
        boolean zip = session.getDataConnection().isZipMode();
        return new TransferForm(
                session.getDataType() == DataType.ASCII, zip ? DeflateLevel.of(session) : OptionalInt.empty());
    }
}
