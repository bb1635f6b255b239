package dev.zeroftpd.command.directory;

import dev.zeroftpd.command.listing.LineFormat;
import dev.zeroftpd.command.listing.Walk;
import dev.zeroftpd.command.parameter.OctetRange;
import dev.zeroftpd.command.transfer.DataTransfers;
import dev.zeroftpd.command.transfer.Direction;
import dev.zeroftpd.command.transfer.TransferFlow;
import dev.zeroftpd.command.transfer.TransferReport;
import dev.zeroftpd.control.SessionCharset;
import dev.zeroftpd.transfer.StreamSpec;
import dev.zeroftpd.transfer.Transfer;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.TransferResult;
import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work of one LIST, NLST or MLSD. Threads as {@link TransferFlow.Work} says. */
final class DirectoryTransfer implements TransferFlow.Work {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryTransfer.class);

    private final DataTransfers transfers;
    private final TransferReport.Subject subject;
    private final ListingTask task;

    private DirectoryTransfer(DataTransfers transfers, TransferReport.Subject subject, ListingTask task) {
        this.transfers = transfers;
        this.subject = subject;
        this.task = task;
    }

    /** Sends what {@code walk} finds over the session's data connection. To be called as the command's last act. */
    static void begin(DataTransfers transfers, TransferReport.Subject subject, Walk walk, LineFormat format) {
        OctetRange.clear(subject.session()); // as the offset of REST, it does not outlive a transfer
        ListingTask task = new ListingTask(
                walk,
                format,
                SessionCharset.of(subject.session()).current(),
                DataTransfers.form(subject.session()).deflateLevel());
        transfers.begin(subject, "Listing " + subject.path() + ".", new DirectoryTransfer(transfers, subject, task));
    }

    @Override
    public Transfer start(SocketChannel socket, long startedNanos, Consumer<TransferResult> completion) {
        return transfers.engine().stream(
                new StreamSpec(
                        transfers.channels().opener(subject.session(), socket, Direction.LISTING),
                        task,
                        StreamReason.LISTING,
                        transfers.throttles().open(subject.session(), Direction.LISTING),
                        startedNanos),
                completion);
    }

    @Override
    public void abandon() {
        try {
            task.walk().close();
        } catch (IOException e) {
            LOG.debug("Closing {} failed", subject.path(), e);
        }
    }

    @Override
    public boolean outlivesReset() {
        return false;
    }

    @Override
    public Way way() {
        return Way.streamed(StreamReason.LISTING);
    }

    @Override
    public void conclude(TransferResult result) {
        transfers.report().conclude(subject, result);
    }
}
