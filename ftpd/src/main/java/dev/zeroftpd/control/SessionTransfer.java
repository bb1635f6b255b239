package dev.zeroftpd.control;

import dev.zeroftpd.transfer.Transfer;
import dev.zeroftpd.transfer.result.Outcome.Aborted.Cause;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;

/** The transfer that a control connection waits for. Any thread. */
final class SessionTransfer implements PendingTransfer, Pending {
    private final ControlConnection connection;
    private final FtpIoSession session;
    private final FtpRequest request;
    private final boolean outlivesReset;
    private final AtomicBoolean finished = new AtomicBoolean();
    private final Object lock = new Object();
    private @Nullable Cause cause;
    private @Nullable Consumer<Cause> canceller;
    private volatile @Nullable Transfer transfer;

    SessionTransfer(ControlConnection connection, FtpIoSession session, FtpRequest request, boolean outlivesReset) {
        this.connection = connection;
        this.session = session;
        this.request = request;
        this.outlivesReset = outlivesReset;
    }

    @Override
    public FtpIoSession session() {
        return session;
    }

    @Override
    public FtpRequest request() {
        return request;
    }

    @Override
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

    @Override
    public Optional<Cause> cancelled() {
        synchronized (lock) {
            return Optional.ofNullable(cause);
        }
    }

    @Override
    public void progress(Transfer current) {
        transfer = current;
        onCancel(current::cancel);
    }

    @Override
    public Optional<Transfer> transfer() {
        return Optional.ofNullable(transfer);
    }

    @Override
    public void finish(Runnable onMailbox) {
        if (finished.compareAndSet(false, true)) {
            connection.complete(session, request, onMailbox);
        }
    }
}
