package dev.zeroftpd.command.directory;

import dev.zeroftpd.command.listing.LineFormat;
import dev.zeroftpd.command.listing.Walk;
import dev.zeroftpd.command.parameter.OctetRange;
import dev.zeroftpd.command.transfer.NextTransfer;
import dev.zeroftpd.command.transfer.SessionChannel;
import dev.zeroftpd.command.transfer.TransferFlow;
import dev.zeroftpd.command.transfer.TransferParts;
import dev.zeroftpd.command.transfer.TransferReport;
import dev.zeroftpd.control.SessionCharset;
import dev.zeroftpd.transfer.TransferLimits;
import dev.zeroftpd.transfer.TransferRequest;
import dev.zeroftpd.transfer.result.Direction;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work of one LIST, NLST or MLSD. Threads as {@link TransferFlow.Work} says. */
final class ListingDownload implements TransferFlow.Work {

    private static final Logger LOG = LoggerFactory.getLogger(ListingDownload.class);

    private final TransferReport.Subject subject;
    private final ListingTask task;

    private ListingDownload(TransferReport.Subject subject, ListingTask task) {
        this.subject = subject;
        this.task = task;
    }

    /** Sends what {@code walk} finds over the session's data connection. To be called as the command's last act. */
    static void begin(TransferParts parts, TransferReport.Subject subject, Walk walk, LineFormat format) {
        OctetRange.clear(subject.session()); // as the offset of REST, it does not outlive a transfer
        ListingTask task = new ListingTask(
                walk,
                format,
                SessionCharset.of(subject.session()).current(),
                NextTransfer.form(subject.session()).deflateLevel());
        TransferFlow.begin(parts, subject, "Listing " + subject.path() + ".", new ListingDownload(subject, task));
    }

    @Override
    public TransferRequest request(SocketChannel socket, TransferLimits limits, long startedNanos) {
        return new TransferRequest.Stream(
                new SessionChannel(subject.session(), socket, Direction.DOWNLOAD, limits),
                task,
                StreamReason.LISTING,
                limits,
                startedNanos);
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
    public Way way() {
        return Way.streamed(StreamReason.LISTING);
    }
}
