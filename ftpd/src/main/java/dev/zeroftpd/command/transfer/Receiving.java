package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.reply.Refusal;
import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.reply.StorageReplies;
import dev.zeroftpd.storage.StorageException;
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
        UploadFile open(FtpIoSession session, String name) throws IOException;
    }

    /** What a verb says before the bytes come. */
    @FunctionalInterface
    interface Announcement {
        String of(UploadFile file);
    }

    private final DataTransfers transfers;
    private final Opening opening;
    private final Announcement announcement;

    Receiving(DataTransfers transfers, Opening opening, Announcement announcement) {
        this.transfers = transfers;
        this.opening = opening;
        this.announcement = announcement;
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
        if (DataTransfers.refuseUnprepared(session)) {
            return;
        }
        UploadFile file;
        try {
            file = opening.open(session, name);
        } catch (StorageException e) {
            session.resetState();
            StorageReplies.refuse(session, e, Refusal.OF_NAME);
            return;
        }
        var subject = new TransferReport.Subject(session, context, request, Direction.UPLOAD, file.path(), file.file());
        transfers.begin(subject, announcement.of(file), new Upload(transfers, subject, file.sink()));
    }
}
