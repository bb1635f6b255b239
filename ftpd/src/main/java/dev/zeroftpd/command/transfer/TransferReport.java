package dev.zeroftpd.command.transfer;

import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.SessionEvents;
import dev.zeroftpd.dataconnection.SessionDataConnection;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.log.TransferFaults;
import dev.zeroftpd.transfer.result.Direction;
import dev.zeroftpd.transfer.result.TransferResult;
import java.util.function.IntConsumer;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.impl.ServerFtpStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Reports the end of a transfer to all who need it: Apache FtpServer's statistics, the session's byte
 * counters, those who follow events and, last, the client. Stateless; runs on the session's mailbox.
 */
public final class TransferReport {

    private TransferReport() {}

    /**
     * What was transferred for whom.
     *
     * @param path of the file or the directory
     * @param file null for a listing
     * @param told the path as the client is told it: a file that it may not know of may have given its own another name
     */
    public record Subject(
            FtpIoSession session,
            FtpServerContext context,
            FtpRequest request,
            Direction direction,
            String path,
            @Nullable FtpFile file,
            String told) {

        public Subject(
                FtpIoSession session,
                FtpServerContext context,
                FtpRequest request,
                Direction direction,
                String path,
                @Nullable FtpFile file) {
            this(session, context, request, direction, path, file, path);
        }

        /** Failures name the path that storage knows. */
        private String withToldPath(String text) {
            return told.equals(path) ? text : text.replace(path, told);
        }

        /** The same of a file that got another name, of which its client isn't told. */
        Subject as(String name, FtpFile named) {
            return new Subject(session, context, request, direction, name, named, told);
        }

        private EventKind kind() {
            if (file == null) {
                return EventKind.LISTING;
            }
            return direction == Direction.UPLOAD ? EventKind.UPLOAD : EventKind.DOWNLOAD;
        }

        private int refusalCode() {
            return ControlConnection.of(session).refusalCode(request);
        }
    }

    /** Reports {@code result}; afterwards the session is ready for its next transfer. */
    static void conclude(Subject subject, TransferResult result) {
        FtpIoSession session = subject.session();
        session.getDataConnection().closeDataConnection();
        session.resetState();
        LastTransfer.remember(session, subject.request().getCommand(), subject.told(), result);
        count(subject, result);
        tell(subject, result);
        TransferReplies.lineFor(result, subject::refusalCode)
                .ifPresent(line -> session.write(new TransferReply(
                        line.code(), subject.withToldPath(line.text()), subject.file(), result.bytes())));
    }

    private static void tell(Subject subject, TransferResult result) {
        FtpIoSession session = subject.session();
        String verb = subject.request().getCommand();
        if (SessionEvents.wants(session, subject.kind())) {
            SessionEvents.publishTransfer(
                    session,
                    subject.kind(),
                    SessionDataConnection.of(session).isSecure(),
                    Event.Deed.of(verb, subject.path()),
                    new Ending.Transferred(result, session.getDataType() == DataType.ASCII));
        }
        TransferFaults.log(result.outcome(), verb, subject.path(), userName(session.getUser()));
    }

    private static void count(Subject subject, TransferResult result) {
        FtpIoSession session = subject.session();
        switch (subject.direction()) {
            case DOWNLOAD -> addInSteps(result.bytes(), session::increaseWrittenDataBytes);
            case UPLOAD -> addInSteps(result.bytes(), session::increaseReadDataBytes);
        }
        FtpFile file = subject.file();
        if (!result.completed() || file == null) {
            return;
        }
        ServerFtpStatistics statistics = (ServerFtpStatistics) subject.context().getFtpStatistics();
        switch (subject.direction()) {
            case DOWNLOAD -> statistics.setDownload(session, file, result.bytes());
            case UPLOAD -> statistics.setUpload(session, file, result.bytes());
        }
    }

    /** Apache FtpServer's counters take ints. */
    private static void addInSteps(long bytes, IntConsumer counter) {
        for (long left = bytes; left > 0; left -= Integer.MAX_VALUE) {
            counter.accept((int) Math.min(left, Integer.MAX_VALUE));
        }
    }

    private static String userName(@Nullable User user) {
        return user == null ? "-" : user.getName();
    }
}
