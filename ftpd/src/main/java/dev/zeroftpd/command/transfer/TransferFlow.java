package dev.zeroftpd.command.transfer;

import dev.zeroftpd.control.PendingTransfer;
import dev.zeroftpd.dataconnection.DataConnectionAttempt;
import dev.zeroftpd.dataconnection.OpenCallback;
import dev.zeroftpd.dataconnection.SessionDataConnection;
import dev.zeroftpd.transfer.Transfer;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import dev.zeroftpd.transfer.loop.EventLoop;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.TransferResult;
import dev.zeroftpd.transfer.result.Way;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.ftpserver.ftplet.FtpReply;
import org.jspecify.annotations.Nullable;
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
public final class TransferFlow implements OpenCallback {

    /** What a verb wants done with the data connection. */
    public interface Work {

        /** Takes {@code socket} and starts; {@code completion} gets the result, perhaps before this returns. */
        Transfer start(SocketChannel socket, long startedNanos, Consumer<TransferResult> completion);

        /** Lets go of what was opened for a transfer that never started. */
        void abandon();

        /** Whether it goes on after the client has reset the control connection. */
        boolean outlivesReset();

        /** The way the bytes would have taken, for a result without any. */
        Way way();

        /** Runs on the session's mailbox after the end: statistics, log, reply. */
        void conclude(TransferResult result);
    }

    private static final Logger LOG = LoggerFactory.getLogger(TransferFlow.class);

    private final PendingTransfer pending;
    private final Work work;
    private final long startedNanos = System.nanoTime();
    private volatile @Nullable DataConnectionAttempt connecting;

    private TransferFlow(PendingTransfer pending, Work work) {
        this.pending = pending;
        this.work = work;
    }

    /**
     * Says {@code opening} and begins {@code work} on the data connection that the session prepared. Returns at once.
     *
     * <p>The 150 is on its way before the first byte of data can be, although a small file is through within this call
     * and one write for both replies would be cheaper: clients that receive a 150 and a 226 in one read (aria2, lwIP's)
     * miss the 226 and wait until they time out. The engine reports the end of a download only when the client has had
     * the time to read the 150.
     */
    static void begin(PendingTransfer pending, EventLoop loop, Work work, FtpReply opening) {
        TransferFlow flow = new TransferFlow(pending, work);
        pending.session().write(opening);
        pending.onCancel(cause -> flow.callOff()); // before opening: progress() puts the engine in its place later
        DataConnectionAttempt connecting =
                SessionDataConnection.of(pending.session()).open(loop, flow);
        flow.connecting = connecting;
        if (pending.cancelled().isPresent()) {
            connecting.cancel(); // cancelled before there was anything to cancel
        }
    }

    private void callOff() {
        DataConnectionAttempt current = connecting;
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    public void opened(SocketChannel socket) {
        Transfer transfer;
        try {
            transfer = work.start(socket, startedNanos, this::ended);
        } catch (RuntimeException | Error e) {
            // on a loop no caller would see this, and the session would wait for ever
            LOG.debug("A transfer could not be started", e); // its end is logged with the cause
            PlainDataChannel.drop(socket);
            endWithoutStart(Outcome.LocalFailure.unexpected(e));
            return;
        }
        pending.progress(transfer);
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

    private void ended(TransferResult result) {
        pending.finish(() -> work.conclude(result));
    }
}
