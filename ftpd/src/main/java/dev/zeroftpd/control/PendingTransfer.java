package dev.zeroftpd.control;

import dev.zeroftpd.transfer.Transfer;
import dev.zeroftpd.transfer.result.Outcome.Aborted.Cause;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;

/**
 * A transfer that outlives the command that began it. The command's code must call {@link #finish(Runnable)} once.
 * Every method may be called from any thread.
 */
public final class PendingTransfer implements Pending {
    private final ControlConnection connection;
    private final FtpIoSession session;
    private final FtpRequest request;
    private final boolean outlivesReset;
    private final AtomicBoolean finished = new AtomicBoolean();
    private final Object lock = new Object();
    private @Nullable Cause cause;
    private @Nullable Consumer<Cause> canceller;
    private volatile @Nullable Transfer transfer;

    PendingTransfer(ControlConnection connection, FtpIoSession session, FtpRequest request, boolean outlivesReset) {
        this.connection = connection;
        this.session = session;
        this.request = request;
        this.outlivesReset = outlivesReset;
    }

    /** The session object that started the transfer: replies go through it, so that {@code getLastReply} is right. */
    @Override
    public FtpIoSession session() {
        return session;
    }

    /** The command that began the transfer. */
    public FtpRequest request() {
        return request;
    }

    /**
     * Sets what ends the transfer early, replacing what was set before. It is called at most once, on the thread that
     * cancels (often an I/O thread, so it must not block); if the transfer is cancelled already, at once, on this
     * thread.
     */
    public void onCancel(Consumer<Cause> next) {
        Cause already;
        synchronized (lock) {
            canceller = next;
            already = cause;
        }
        if (already != null) {
            next.accept(already);
        }
    }

    @Override
    public void cancel(Cause why) {
        Consumer<Cause> current;
        synchronized (lock) {
            if (cause != null) {
                return;
            }
            cause = why;
            current = canceller;
        }
        if (current != null) {
            current.accept(why);
        }
    }

    @Override
    public void clientReset() {
        if (!outlivesReset) {
            cancel(Cause.CONTROL_CLOSED);
        }
    }

    /** Why the transfer was cancelled, if it was. */
    public Optional<Cause> cancelled() {
        synchronized (lock) {
            return Optional.ofNullable(cause);
        }
    }

    /** Tells what moves the bytes, for those who ask how far it is, and passes a cancellation on to it. */
    public void progress(Transfer current) {
        transfer = current;
        onCancel(current::cancel);
    }

    /** What moves the bytes; empty while the data connection is being opened. */
    public Optional<Transfer> transfer() {
        return Optional.ofNullable(transfer);
    }

    /**
     * Ends the transfer: {@code onMailbox} (statistics, log, reply) runs before everything that is queued, then the
     * Ftplets' {@code afterCommand}, then what is queued. Calls after the first are ignored.
     */
    @Override
    public void finish(Runnable onMailbox) {
        if (finished.compareAndSet(false, true)) {
            connection.complete(session, request, onMailbox);
        }
    }
}
