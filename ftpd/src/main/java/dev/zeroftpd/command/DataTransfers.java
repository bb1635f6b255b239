package dev.zeroftpd.command;

import dev.zeroftpd.config.WithoutQuit;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.dataconnection.SessionDataConnection;
import dev.zeroftpd.ops.TransferLog;
import dev.zeroftpd.transfer.TransferEngine;
import dev.zeroftpd.transfer.TransferForm;
import java.time.Duration;
import java.util.OptionalInt;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;

/**
 * What the transfer verbs share: the engine, the limits, and the form in which a session wants its bytes. Any thread.
 */
public final class DataTransfers {

    /** RFC 1123, section 4.1.3.4. */
    static final int REPLY_554_INVALID_REST_PARAMETER = 554;

    /** As other servers answer where TLS is required; RFC 4217 leaves the code open. */
    static final int REPLY_522_DATA_MUST_BE_PROTECTED = 522;

    private final TransferEngine engine;
    private final SessionThrottles throttles;
    private final DataChannels channels;
    private final TransferReport report;
    private final boolean demandCloseNotify;
    private final WithoutQuit withoutQuit;

    /**
     * Passes on what the commands share.
     *
     * @param handshakeLimit how long the TLS handshake of a data connection may take
     * @param demandCloseNotify whether an upload over TLS that ends without close_notify counts as broken
     * @param withoutQuit how to treat an upload whose client vanished
     */
    public DataTransfers(
            TransferEngine engine,
            SessionThrottles throttles,
            Duration handshakeLimit,
            boolean demandCloseNotify,
            WithoutQuit withoutQuit,
            TransferLog log) {
        this.demandCloseNotify = demandCloseNotify;
        this.withoutQuit = withoutQuit;
        this.engine = engine;
        this.throttles = throttles;
        this.channels = new DataChannels(handshakeLimit);
        this.report = new TransferReport(log);
    }

    DataChannels channels() {
        return channels;
    }

    TransferEngine engine() {
        return engine;
    }

    SessionThrottles throttles() {
        return throttles;
    }

    boolean demandCloseNotify() {
        return demandCloseNotify;
    }

    WithoutQuit withoutQuit() {
        return withoutQuit;
    }

    TransferReport report() {
        return report;
    }

    /** True if no data connection is possible now; then the client has been told what is missing. */
    static boolean refuseUnprepared(FtpIoSession session) {
        if (ControlConnection.of(session).requiresTls()
                && !session.getDataConnection().isSecure()) {
            refuse(session, REPLY_522_DATA_MUST_BE_PROTECTED, "Data connections must be protected: send PROT P.");
            return true;
        }
        if (SessionDataConnection.of(session).isPrepared()) {
            return false;
        }
        refuse(session, FtpReply.REPLY_425_CANT_OPEN_DATA_CONNECTION, "Use PASV, EPSV, PORT or EPRT first.");
        return true;
    }

    static void refuse(FtpIoSession session, int code, String text) {
        session.resetState();
        session.write(new DefaultFtpReply(code, text));
    }

    /** Begins {@code work} and says 150. To be called by the command that runs, as its last act. */
    void begin(TransferReport.Subject subject, String opening, TransferFlow.Work work) {
        FtpIoSession session = subject.session();
        var pending = ControlConnection.of(session).beginTransfer(session, subject.request(), work.outlivesReset());
        TransferFlow.begin(
                pending, engine.loop(), work, new DefaultFtpReply(FtpReply.REPLY_150_FILE_STATUS_OKAY, opening));
    }

    /** The form in which the session wants a file's bytes. */
    static TransferForm form(FtpIoSession session) {
        boolean zip = session.getDataConnection().isZipMode();
        return new TransferForm(
                session.getDataType() == DataType.ASCII, zip ? DeflateLevel.of(session) : OptionalInt.empty());
    }
}
