package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.PendingTransfer;
import dev.zeroftpd.control.view.TransferPlan;
import dev.zeroftpd.dataconnection.OpenCallback;
import dev.zeroftpd.dataconnection.SessionDataConnection;
import dev.zeroftpd.transfer.EndCallback;
import dev.zeroftpd.transfer.Transfer;
import dev.zeroftpd.transfer.TransferLimits;
import dev.zeroftpd.transfer.TransferRequest;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import dev.zeroftpd.transfer.result.Direction;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.TransferResult;
import dev.zeroftpd.transfer.result.Way;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transfer on its way: waits for the data connection, hands it to the engine, carries the one result back to the
 * session. Starts on the command's thread; the data connection, the engine and a cancelling control connection call it
 * from their own threads.
 *
 * <p>The data connection opens, fails or is cancelled, and reports that exactly once. From its opening on, the engine
 * decides the outcome.
 */
public final class TransferFlow implements OpenCallback, EndCallback, TransferPlan {

    /** What a verb wants done with the data connection. */
    public interface Work {

        /** What the engine shall do; takes over {@code socket}. */
        TransferRequest request(SocketChannel socket, TransferLimits limits, long startedNanos);

        /** Lets go of what was opened for a transfer that never started. */
        void abandon();

        /** The way the bytes would have taken, for a result without any. */
        Way way();

        /** How many bytes will be on the data connection, if that is known. */
        default OptionalLong size() {
            return OptionalLong.empty();
        }

        /** What was transferred, as it is known at the end. */
        default TransferReport.Subject ended(TransferReport.Subject begun) {
            return begun;
        }

        /** Runs on the session's mailbox when the client has its reply. */
        default void reported(TransferResult result) {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(TransferFlow.class);

    private final TransferParts parts;
    private final TransferReport.Subject subject;
    private final Work work;
    private final PendingTransfer pending;
    private final long startedNanos = System.nanoTime();

    private TransferFlow(TransferParts parts, TransferReport.Subject subject, Work work, PendingTransfer pending) {
        this.parts = parts;
        this.subject = subject;
        this.work = work;
        this.pending = pending;
    }

    /**
     * Says {@code opening} with 150 and begins {@code work} on the data connection that the session prepared. Returns at
     * once. To be called by the command that runs, as its last act.
     *
     * <p>The 150 is on its way before the first byte of data can be, although a small file is through within this call
     * and one write for both replies would be cheaper: clients that receive a 150 and a 226 in one read (aria2, lwIP's)
     * miss the 226 and wait until they time out. The engine reports the end of a download only when the client has had
     * the time to read the 150.
     */
    public static void begin(TransferParts parts, TransferReport.Subject subject, String opening, Work work) {
        FtpIoSession session = subject.session();
        // what the client sends on the data connection tells whether an upload is complete
        boolean outlivesReset = subject.direction() == Direction.UPLOAD;
        PendingTransfer pending =
                ControlConnection.of(session).beginTransfer(session, subject.request(), outlivesReset);
        TransferFlow flow = new TransferFlow(parts, subject, work, pending);
        pending.moves(flow);
        Replies.say(session, FtpReply.REPLY_150_FILE_STATUS_OKAY, opening);
        pending.opening(SessionDataConnection.of(session).open(parts.engine().loop(), flow));
    }

    @Override
    public String path() {
        return subject.path();
    }

    @Override
    public OptionalLong size() {
        return work.size();
    }

    @Override
    public Way way() {
        return work.way();
    }

    @Override
    public void opened(SocketChannel socket) {
        Transfer transfer;
        try {
            transfer = start(socket);
        } catch (RuntimeException | Error e) {
            // on a loop no caller would see this, and the session would wait for ever
            LOG.debug("A transfer could not be started", e); // its end is logged with the cause
            PlainDataChannel.drop(socket);
            endWithoutStart(Outcome.LocalFailure.unexpected(e));
            return;
        }
        pending.progress(transfer);
    }

    private Transfer start(SocketChannel socket) {
        TransferLimits limits = parts.limits().of(subject.session(), subject.direction());
        try {
            return parts.engine().start(work.request(socket, limits, startedNanos), this);
        } catch (RuntimeException | Error e) {
            limits.throttle().close();
            throw e;
        }
    }

    @Override
    public void failed(Outcome.NoDataConnection why) {
        endWithoutStart(why);
    }

    @Override
    public void cancelled() {
        endWithoutStart(new Outcome.Aborted(pending.cancelled().orElse(Outcome.Aborted.Cause.ABOR)));
    }

    private void endWithoutStart(Outcome outcome) {
        work.abandon();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - startedNanos);
        ended(new TransferResult(outcome, 0, elapsed, work.way()));
    }

    @Override
    public void ended(TransferResult result) {
        pending.finish(() -> {
            TransferReport.conclude(work.ended(subject), result);
            work.reported(result);
        });
    }
}
