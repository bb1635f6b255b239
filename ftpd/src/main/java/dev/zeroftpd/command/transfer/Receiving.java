package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.reply.Refusal;
import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.reply.StorageReplies;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.command.work.WorkThreads;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.Deferred;
import dev.zeroftpd.storage.StorageException;
import java.io.IOException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What STOR, APPE and STOU have in common: from the argument to the transfer under way. Any thread. */
final class Receiving {

    private static final Logger LOG = LoggerFactory.getLogger(Receiving.class);

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

    private final DataTransfers transfers;
    private final Opening opening;
    private final Announcement announcement;
    private final Need need;

    Receiving(DataTransfers transfers, Opening opening, Announcement announcement, Need need) {
        this.transfers = transfers;
        this.opening = opening;
        this.announcement = announcement;
        this.need = need;
    }

    /** The usual announcement. */
    static String begins(UploadFile file) {
        long start = file.sink().start();
        String from = start == 0 ? "" : " from byte " + start + " on";
        String remark = file.sink().remark();
        return "Receiving " + file.path() + from + (remark.isEmpty() ? "" : " " + remark) + ".";
    }

    static void refuseNameless(FtpIoSession session, String verb) {
        Replies.refuse(
                session, FtpReply.REPLY_501_SYNTAX_ERROR_IN_PARAMETERS_OR_ARGUMENTS, verb + " needs a file name.");
    }

    /** Runs on the session's mailbox and returns once the transfer is under way. */
    void begin(FtpIoSession session, FtpServerContext context, FtpRequest request, String name) throws IOException {
        if (!DataTransfers.refuseUnprepared(session)) {
            open(session, name).begin(session, context, request);
        }
    }

    /** The same where opening takes long: the session waits, its thread doesn't. */
    void beginAside(
            WorkThreads threads, FtpIoSession session, FtpServerContext context, FtpRequest request, String name) {
        if (DataTransfers.refuseUnprepared(session)) {
            return;
        }
        Deferred deferred = ControlConnection.of(session).defer(session, request);
        threads.execute(session.getUser().getName(), () -> {
            Opened opened = openAside(deferred, name);
            deferred.finish(() -> opened.begin(session, context, request));
            return false;
        });
    }

    private Opened openAside(Deferred deferred, String name) {
        if (deferred.isCancelled()) {
            return (session, _, _) -> Replies.refuse(
                    session, FtpReply.REPLY_451_REQUESTED_ACTION_ABORTED, "The text was not counted: aborted.");
        }
        try {
            return open(deferred.session(), name);
        } catch (IOException | RuntimeException | Error failed) {
            LOG.warn("{} failed", deferred.request().getCommand(), failed);
            return (session, _, _) -> Replies.refuse(
                    session,
                    FtpReply.REPLY_451_REQUESTED_ACTION_ABORTED,
                    "Requested action aborted: local error in processing.");
        }
    }

    /** What opening came to, to be gone on with on the session's mailbox. */
    private interface Opened {
        void begin(FtpIoSession session, FtpServerContext context, FtpRequest request);
    }

    private Opened open(FtpIoSession session, String name) throws IOException {
        try {
            UploadFile file = opening.open(session, need, name);
            return (receiver, context, request) -> begin(receiver, context, request, file);
        } catch (StorageException e) {
            return (refused, _, _) -> {
                refused.resetState();
                StorageReplies.refuse(refused, e, Refusal.OF_NAME);
            };
        }
    }

    private void begin(FtpIoSession session, FtpServerContext context, FtpRequest request, UploadFile file) {
        var subject = new TransferReport.Subject(session, context, request, Direction.UPLOAD, file.path(), file.file());
        TransferFlow.begin(transfers, subject, announcement.of(file), new Upload(transfers, subject, file.sink()));
    }
}
