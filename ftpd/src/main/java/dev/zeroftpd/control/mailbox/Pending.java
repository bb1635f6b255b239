package dev.zeroftpd.control.mailbox;

import dev.zeroftpd.transfer.result.Outcome.Aborted.Cause;
import org.apache.ftpserver.impl.FtpIoSession;

/** Work that a command has begun and that the mailbox waits for. Any thread. */
public interface Pending {

    /** The session object of the command that began it. */
    FtpIoSession session();

    /** Ends it: {@code onMailbox} runs next. Calls after the first are ignored. */
    void finish(Runnable onMailbox);

    /** Asks it to end early. Never blocks; later calls change nothing. */
    void cancel(Cause cause);

    /** The client has reset the control connection: the same, unless it can do without its client. Never blocks. */
    void clientReset();
}
