package dev.zeroftpd.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.transfer.Transfer;
import dev.zeroftpd.transfer.result.Outcome.Aborted.Cause;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** BEGN: says 150 and begins a transfer that goes on until the test, or a cancellation, ends it. */
final class BeginCommand implements Command {

    private final BlockingQueue<PendingTransfer> begun = new LinkedBlockingQueue<>();

    /** A transfer that never moves a byte. */
    record Moving(Consumer<Cause> onCancel) implements Transfer {

        @Override
        public void cancel(Cause cause) {
            onCancel.accept(cause);
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public Duration elapsed() {
            return Duration.ZERO;
        }
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        PendingTransfer transfer = ControlConnection.of(session).beginTransfer(session, request, false);
        reply(session, 150, "begun");
        transfer.progress(new Moving(cause -> transfer.finish(() -> reply(session, 426, cause.name()))));
        begun.add(transfer);
    }

    /** Has {@code client} begin one. */
    PendingTransfer by(TestClient client) throws Exception {
        client.send("BEGN");
        client.expect(150);
        return next();
    }

    /** The one that begins next, or has begun. */
    PendingTransfer next() throws InterruptedException {
        PendingTransfer transfer = begun.poll(30, TimeUnit.SECONDS);
        assertThat(transfer).isNotNull();
        return transfer;
    }

    static void reply(FtpIoSession session, int code, String text) {
        session.write(new DefaultFtpReply(code, text));
    }
}
