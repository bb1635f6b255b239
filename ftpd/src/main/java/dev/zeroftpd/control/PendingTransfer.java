package dev.zeroftpd.control;

import dev.zeroftpd.control.mailbox.Pending;
import dev.zeroftpd.control.view.TransferPlan;
import dev.zeroftpd.control.view.TransferView;
import dev.zeroftpd.dataconnection.DataConnectionAttempt;
import dev.zeroftpd.transfer.Transfer;
import dev.zeroftpd.transfer.result.Outcome.Aborted.Cause;
import dev.zeroftpd.transfer.result.Way;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;

/**
 * A transfer that outlives the command that began it. The command's code must call {@link #finish(Runnable)} once.
 * Every method may be called from any thread.
 */
public final class PendingTransfer implements Pending {
    private final CommandEnd end;
    private final boolean outlivesReset;
    private final Object lock = new Object();
    private @Nullable Cause cause;
    private @Nullable DataConnectionAttempt attempt;
    private volatile @Nullable Transfer transfer;
    private volatile @Nullable TransferPlan plan;

    PendingTransfer(CommandEnd end, boolean outlivesReset) {
        this.end = end;
        this.outlivesReset = outlivesReset;
    }

    /** The session object that started the transfer: replies go through it, so that {@code getLastReply} is right. */
    @Override
    public FtpIoSession session() {
        return end.session();
    }

    /** The command that began the transfer. */
    public FtpRequest request() {
        return end.request();
    }

    /** Tells what will be moved, for those who ask. */
    public void moves(TransferPlan planned) {
        plan = planned;
    }

    /** What can be seen of it now. */
    TransferView view() {
        return TransferView.of(request().getCommand(), Optional.ofNullable(plan), transfer());
    }

    /** Tells what opens the data connection. It is given up if the transfer is cancelled, perhaps on this thread. */
    public void opening(DataConnectionAttempt current) {
        synchronized (lock) {
            attempt = current;
            if (cause == null) {
                return;
            }
        }
        current.cancel();
    }

    /**
     * Tells what moves the bytes, for those who ask how far it is. From now on it is what a cancellation ends, perhaps on
     * this thread.
     */
    public void progress(Transfer current) {
        Cause already;
        synchronized (lock) {
            transfer = current;
            already = cause;
        }
        if (already != null) {
            current.cancel(already);
        }
    }

    @Override
    public void cancel(Cause why) {
        DataConnectionAttempt opening;
        synchronized (lock) {
            if (cause != null) {
                return;
            }
            cause = why;
            opening = attempt;
        }
        Transfer moving = transfer;
        if (moving != null) {
            moving.cancel(why);
        } else if (opening != null) {
            opening.cancel(); // does nothing to one that is open: progress() will see the cause
        }
    }

    @Override
    public void clientReset() {
        if (!outlivesReset) {
            cancel(Cause.CONTROL_CLOSED);
        }
    }

    /** Whether its bytes come from the client: what that has sent before it left still counts. */
    public boolean isUpload() {
        return outlivesReset;
    }

    /** How its bytes go, if that is known already. */
    public Optional<Way> way() {
        return Optional.ofNullable(plan).map(TransferPlan::way);
    }

    /** Why the transfer was cancelled, if it was. */
    public Optional<Cause> cancelled() {
        synchronized (lock) {
            return Optional.ofNullable(cause);
        }
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
        end.comeReported(onMailbox);
    }
}
