package dev.zeroftpd.command.transfer;

import dev.zeroftpd.dataconnection.SessionDataConnection;
import dev.zeroftpd.transfer.FileSource;
import dev.zeroftpd.transfer.SourceStream;
import dev.zeroftpd.transfer.TransferLimits;
import dev.zeroftpd.transfer.TransferRequest;
import dev.zeroftpd.transfer.form.TransferForm;
import dev.zeroftpd.transfer.result.Direction;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of one RETR: by {@code sendfile(2)} if the session, the file and its device allow it, else as a stream.
 * Threads as {@link TransferFlow.Work} says.
 */
final class Download implements TransferFlow.Work {

    private static final Logger LOG = LoggerFactory.getLogger(Download.class);

    private final TransferReport.Subject subject;
    private final FileSource source;
    private final long offset;
    private final TransferForm form;
    private final Way way;

    Download(TransferReport.Subject subject, FileSource source, long offset) {
        this.subject = subject;
        this.source = source;
        this.offset = offset;
        this.form = NextTransfer.form(subject.session());
        this.way = way(subject, source, form);
    }

    private static Way way(TransferReport.Subject subject, FileSource source, TransferForm form) {
        if (SessionDataConnection.of(subject.session()).isSecure()) {
            return Way.streamed(StreamReason.TLS);
        }
        if (form.deflateLevel().isPresent()) {
            return Way.streamed(StreamReason.MODE_Z);
        }
        return form.ascii() ? Way.streamed(StreamReason.ASCII) : source.way();
    }

    @Override
    public TransferRequest request(SocketChannel socket, TransferLimits limits, long startedNanos) {
        return switch (way) {
            case Way.ZeroCopy ignored -> new TransferRequest.ZeroCopy(source, offset, socket, limits, startedNanos);
            case Way.Streamed(StreamReason reason) ->
                new TransferRequest.Stream(
                        new SessionChannel(subject.session(), socket, Direction.DOWNLOAD, limits),
                        new SourceStream(source, form.ascii() ? 0 : offset, file -> form.encode(file, offset)),
                        reason,
                        limits,
                        startedNanos);
        };
    }

    @Override
    public void abandon() {
        try {
            source.close();
        } catch (IOException e) {
            LOG.debug("Closing {} failed", subject.path(), e);
        }
    }

    @Override
    public OptionalLong size() {
        boolean asStored = form.deflateLevel().isEmpty() && !form.ascii();
        return asStored ? OptionalLong.of(source.size() - offset) : OptionalLong.empty();
    }

    @Override
    public Way way() {
        return way;
    }
}
