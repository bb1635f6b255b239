package dev.zeroftpd.control;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;

/** The end of a command that outlives the method that began it. It comes once; any thread may bring it. */
final class CommandEnd {
    private final ControlConnection connection;
    private final CommandRunner runner;
    private final FtpIoSession session;
    private final FtpRequest request;
    private final AtomicBoolean hasCome = new AtomicBoolean();

    CommandEnd(ControlConnection connection, CommandRunner runner, FtpIoSession session, FtpRequest request) {
        this.connection = connection;
        this.runner = runner;
        this.session = session;
        this.request = request;
    }

    FtpIoSession session() {
        return session;
    }

    FtpRequest request() {
        return request;
    }

    /**
     * Lets {@code last} and then the Ftplets' afterCommand run on the mailbox before everything else. If {@code last} begins
     * a transfer, the Ftplets hear of the end of that. Calls after the first are ignored.
     */
    void come(Runnable last) {
        come(last, false);
    }

    /** The same where {@code last} tells those who follow events how it ended. */
    void comeReported(Runnable last) {
        come(last, true);
    }

    private void come(Runnable last, boolean reported) {
        if (hasCome.compareAndSet(false, true)) {
            connection.mailbox().complete(() -> runner.finish(connection, session, request, last, reported));
        }
    }

    /** The same, with the reply that the command gets if it throws {@code failure}. */
    void comeWith(Throwable failure) {
        come(() -> runner.replyToFailure(session, request, failure));
    }
}
