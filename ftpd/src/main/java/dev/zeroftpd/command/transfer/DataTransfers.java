package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.parameter.DeflateLevel;
import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.config.WithoutQuit;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.dataconnection.SessionDataConnection;
import dev.zeroftpd.transfer.TransferEngine;
import dev.zeroftpd.transfer.form.TransferForm;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;

/**
 * What the transfer verbs share: the engine, the limits, the rules for uploads, the report, and the form in which a
 * session wants its bytes. Any thread.
 */
public final class DataTransfers {

    private final TransferEngine engine;
    private final LimitsByAccount limits;
    private final boolean demandCloseNotify;
    private final WithoutQuit withoutQuit;
    private final Optional<UploadCheck> uploadCheck;

    /**
     * Passes on what the commands share.
     *
     * @param demandCloseNotify whether an upload over TLS that ends without close_notify counts as broken
     * @param withoutQuit how to treat an upload whose client vanished
     * @param uploadCheck asked before an upload is published; empty: all are
     */
    public DataTransfers(
            TransferEngine engine,
            LimitsByAccount limits,
            boolean demandCloseNotify,
            WithoutQuit withoutQuit,
            Optional<UploadCheck> uploadCheck) {
        this.uploadCheck = uploadCheck;
        this.demandCloseNotify = demandCloseNotify;
        this.withoutQuit = withoutQuit;
        this.engine = engine;
        this.limits = limits;
    }

    TransferEngine engine() {
        return engine;
    }

    LimitsByAccount limits() {
        return limits;
    }

    boolean demandCloseNotify() {
        return demandCloseNotify;
    }

    WithoutQuit withoutQuit() {
        return withoutQuit;
    }

    Optional<UploadCheck> uploadCheck() {
        return uploadCheck;
    }

    /** True if no data connection is possible now; then the client has been told what is missing. */
    public static boolean refuseUnprepared(FtpIoSession session) {
        if (ControlConnection.of(session).requiresProtectedData()
                && !session.getDataConnection().isSecure()) {
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

    /** The form in which the session wants a file's bytes. */
    public static TransferForm form(FtpIoSession session) {
        boolean zip = session.getDataConnection().isZipMode();
        return new TransferForm(
                session.getDataType() == DataType.ASCII, zip ? DeflateLevel.of(session) : OptionalInt.empty());
    }
}
