package dev.zeroftpd.command.transfer;

import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.SinkStream;
import dev.zeroftpd.transfer.StreamSpec;
import dev.zeroftpd.transfer.Transfer;
import dev.zeroftpd.transfer.form.TransferForm;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.TransferResult;
import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work of one STOR, APPE or STOU. Threads as {@link TransferFlow.Work} says. */
final class Upload implements TransferFlow.Work {

    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

    private final DataTransfers transfers;
    private final TransferReport.Subject subject;
    private final FileSink sink;
    private final TransferForm form;
    private final EndWithoutProof end;

    Upload(DataTransfers transfers, TransferReport.Subject subject, FileSink sink) {
        this.transfers = transfers;
        this.subject = subject;
        this.sink = sink;
        this.form = DataTransfers.form(subject.session());
        this.end = new EndWithoutProof(ControlConnection.of(subject.session()), transfers.withoutQuit());
    }

    @Override
    public Transfer start(SocketChannel socket, long startedNanos, Consumer<TransferResult> completion) {
        return transfers.engine().stream(
                new StreamSpec(
                        transfers.channels().opener(subject.session(), socket, Direction.UPLOAD),
                        new SinkStream(sink, form, transfers.demandCloseNotify(), end),
                        StreamReason.UPLOAD,
                        transfers.throttles().open(subject.session(), Direction.UPLOAD),
                        startedNanos),
                completion);
    }

    @Override
    public void abandon() {
        try {
            sink.interrupt(new Outcome.PeerClosed("no data connection"));
        } catch (IOException e) {
            LOG.warn("Clearing up after {}, which never began, failed", subject.path(), e);
        }
    }

    /** What the client sends on the data connection tells whether it is complete. */
    @Override
    public boolean outlivesReset() {
        return true;
    }

    @Override
    public Way way() {
        return Way.streamed(StreamReason.UPLOAD);
    }

    @Override
    public void conclude(TransferResult result) {
        transfers.report().conclude(subject, result);
        end.log(subject, result);
    }
}
