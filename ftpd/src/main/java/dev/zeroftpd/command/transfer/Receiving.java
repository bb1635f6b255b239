package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.command.work.TurnOwner;
import dev.zeroftpd.command.work.WorkThreads;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.Deferred;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.transfer.result.Direction;
import java.io.IOException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** What STOR, APPE and STOU have in common: from the argument to the transfer under way. Any thread. */
final class Receiving {

    /** How a verb opens its file. */
    @FunctionalInterface
    interface Opening {
        UploadFile open(FtpIoSession session, Need need, String name) throws IOException;
    }

    /** What a verb says before the bytes come. */
    @FunctionalInterface
    interface Announcement {
        String of(UploadFile file);
    }

    private final TransferParts parts;
    private final Opening opening;
    private final Announcement announcement;
    private final Need need;

    Receiving(TransferParts parts, Opening opening, Announcement announcement, Need need) {
        this.parts = parts;
        this.opening = opening;
        this.announcement = announcement;
        this.need = need;
    }

    /** The usual announcement. */
    static String begins(UploadFile file) {
        long start = file.sink().start();
        String from = start == 0 ? "" : " from byte " + start + " on";
        String remark = file.sink().remark();
        return "Receiving " + file.told() + from + (remark.isEmpty() ? "" : " " + remark) + ".";
    }

    /** Runs on the session's mailbox and returns once the transfer is under way. */
    void begin(FtpIoSession session, FtpServerContext context, FtpRequest request, String name) throws IOException {
        if (!NextTransfer.refuseUnprepared(session)) {
            begin(session, context, request, open(session, name));
        }
    }

    /** The same where opening takes long: the session waits, its thread doesn't. */
    void beginAside(
            WorkThreads threads, FtpIoSession session, FtpServerContext context, FtpRequest request, String name) {
        if (NextTransfer.refuseUnprepared(session)) {
            return;
        }
        Deferred deferred = ControlConnection.of(session).defer(session, request);
        threads.execute(TurnOwner.of(session), () -> {
            openAside(deferred, context, name);
            return false;
        });
    }

    private void openAside(Deferred deferred, FtpServerContext context, String name) {
        FtpIoSession session = deferred.session();
        if (deferred.isCancelled()) {
            deferred.finish(() -> Replies.refuse(
                    session, FtpReply.REPLY_451_REQUESTED_ACTION_ABORTED, "The text was not counted: aborted."));
            return;
        }
        try {
            UploadFile file = open(session, name);
            deferred.finish(() -> begin(session, context, deferred.request(), file));
        } catch (IOException | RuntimeException | Error failed) {
            session.resetState(); // nothing of this session runs meanwhile
            deferred.fail(failed);
        }
    }

    /** What commands before it had chosen for a transfer (REST) no longer holds if it is refused. */
    private UploadFile open(FtpIoSession session, String name) throws IOException {
        try {
            return opening.open(session, need, name);
        } catch (StorageException refused) {
            session.resetState();
            throw refused;
        }
    }

    private void begin(FtpIoSession session, FtpServerContext context, FtpRequest request, UploadFile file) {
        var subject = new TransferReport.Subject(
                session, context, request, Direction.UPLOAD, file.path(), file.file(), file.told());
        TransferFlow.begin(parts, subject, announcement.of(file), new Upload(parts, subject, file.sink()));
    }
}
