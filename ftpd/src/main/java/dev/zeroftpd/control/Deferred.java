package dev.zeroftpd.control;

import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;

/**
 * A command that continues elsewhere (in a pool of its own, on a timer) while nothing else of its session runs. Its
 * code must call {@link #finish(Runnable)} once. Every method may be called from any thread.
 */
public interface Deferred {

    /** The session object that started the command: replies go through it, so that {@code getLastReply} is right. */
    FtpIoSession session();

    /** The command that was deferred. */
    FtpRequest request();

    /** True once ABOR, the end of the control connection or a shutdown wants it to end early; never false again. */
    boolean isCancelled();

    /**
     * Ends the command: {@code onMailbox} (usually the reply) runs before everything that is queued, then the Ftplets'
     * {@code afterCommand}, then what is queued. Calls after the first are ignored.
     */
    void finish(Runnable onMailbox);
}
