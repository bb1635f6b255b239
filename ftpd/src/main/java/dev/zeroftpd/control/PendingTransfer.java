package dev.zeroftpd.control;

import dev.zeroftpd.transfer.Transfer;
import dev.zeroftpd.transfer.result.Outcome;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;

/**
 * A transfer that outlives the command that began it. The command's code must call {@link #finish(Runnable)} once.
 * Every method may be called from any thread.
 */
public interface PendingTransfer {

    /** The session object that started the transfer: replies go through it, so that {@code getLastReply} is right. */
    FtpIoSession session();

    /** The command that began the transfer. */
    FtpRequest request();

    /**
     * Sets what ends the transfer early, replacing what was set before. It is called at most once, on the thread that
     * cancels (often an I/O thread, so it must not block); if the transfer is cancelled already, at once, on this
     * thread.
     */
    void onCancel(Consumer<Outcome.Aborted.Cause> canceller);

    /** Why the transfer was cancelled, if it was. */
    Optional<Outcome.Aborted.Cause> cancelled();

    /** Tells what moves the bytes, for those who ask how far it is, and passes a cancellation on to it. */
    void progress(Transfer transfer);

    /** What moves the bytes; empty while the data connection is being opened. */
    Optional<Transfer> transfer();

    /**
     * Ends the transfer: {@code onMailbox} (statistics, log, reply) runs before everything that is queued, then the
     * Ftplets' {@code afterCommand}, then what is queued. Calls after the first are ignored.
     */
    void finish(Runnable onMailbox);
}
