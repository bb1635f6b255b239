package dev.zeroftpd.control;

import dev.zeroftpd.transfer.result.Outcome.Aborted.Cause;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;

/** The deferred command that a control connection waits for. Any thread. */
final class DeferredCommand implements Deferred, Pending {
    private final ControlConnection connection;
    private final FtpIoSession session;
    private final FtpRequest request;
    private final AtomicBoolean finished = new AtomicBoolean();
    private volatile boolean cancelled;

    DeferredCommand(ControlConnection connection, FtpIoSession session, FtpRequest request) {
        this.connection = connection;
        this.session = session;
        this.request = request;
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
    public void cancel(Cause cause) {
        cancelled = true; // the command's own work sees this and finishes the command
    }

    @Override
    public void clientReset() {
        cancel(Cause.CONTROL_CLOSED);
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void finish(Runnable onMailbox) {
        if (finished.compareAndSet(false, true)) {
            connection.complete(session, request, onMailbox);
        }
    }
}
