package dev.zeroftpd.control.mailbox;

import dev.zeroftpd.transfer.result.Outcome.Aborted.Cause;
import org.apache.ftpserver.impl.FtpIoSession;

/** A transfer that a test doesn't expect to be asked for anything but what it overrides. */
interface Unasked extends Pending {

    @Override
    default FtpIoSession session() {
        throw new UnsupportedOperationException();
    }

    @Override
    default void finish(Runnable onMailbox) {
        throw new UnsupportedOperationException();
    }

    /** The owner of a transfer ends it in its own time. */
    @Override
    default void cancel(Cause cause) {}

    @Override
    default void clientReset() {
        throw new UnsupportedOperationException();
    }
}
