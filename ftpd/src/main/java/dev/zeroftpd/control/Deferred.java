package dev.zeroftpd.control;

import dev.zeroftpd.control.mailbox.Pending;
import dev.zeroftpd.transfer.result.Outcome.Aborted.Cause;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;

/**
 * A command that continues elsewhere (in a pool of its own, on a timer) while nothing else of its session runs. Its
 * code must call {@link #finish(Runnable)} once. Every method may be called from any thread.
 */
public final class Deferred implements Pending {
    private final CommandEnd end;
    private volatile boolean cancelled;

    Deferred(CommandEnd end) {
        this.end = end;
    }

    /** The session object that started the command: replies go through it, so that {@code getLastReply} is right. */
    @Override
    public FtpIoSession session() {
        return end.session();
    }

    /** The command that was deferred. */
    public FtpRequest request() {
        return end.request();
    }

    @Override
    public void cancel(Cause cause) {
        cancelled = true; // the command's own work sees this and finishes the command
    }

    @Override
    public void clientReset() {
        cancel(Cause.CONTROL_CLOSED);
    }

    /** True once ABOR, the end of the control connection or a shutdown wants it to end early; never false again. */
    public boolean isCancelled() {
        return cancelled;
    }

    /**
     * Ends the command: {@code onMailbox} (usually the reply) runs before everything that is queued, then the Ftplets'
     * {@code afterCommand}, then what is queued. It may begin a transfer instead, with whose end the command then ends.
     * Calls after the first are ignored.
     */
    @Override
    public void finish(Runnable onMailbox) {
        end.come(onMailbox);
    }

    /** Ends the command as if it had thrown {@code failure}, which gets the reply that such a failure of it has. */
    public void fail(Throwable failure) {
        end.comeWith(failure);
    }
}
