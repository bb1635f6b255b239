package dev.zeroftpd.command.transfer;

import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.SessionEvents;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import dev.zeroftpd.transfer.ContentCheck;
import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.SinkStream;
import dev.zeroftpd.transfer.TransferLimits;
import dev.zeroftpd.transfer.TransferRequest;
import dev.zeroftpd.transfer.form.TransferForm;
import dev.zeroftpd.transfer.result.Direction;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.TransferResult;
import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work of one STOR, APPE or STOU. Threads as {@link TransferFlow.Work} says. */
final class Upload implements TransferFlow.Work {

    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

    private final TransferParts parts;
    private final TransferReport.Subject subject;
    private final FileSink sink;
    private final TransferForm form;
    private final EndWithoutProof end;

    Upload(TransferParts parts, TransferReport.Subject subject, FileSink sink) {
        this.parts = parts;
        this.subject = subject;
        this.sink = sink;
        this.form = NextTransfer.form(subject.session());
        this.end = new EndWithoutProof(ControlConnection.of(subject.session()), parts.withoutQuit());
    }

    @Override
    public TransferRequest request(SocketChannel socket, TransferLimits limits, long startedNanos) {
        return new TransferRequest.Stream(
                new SessionChannel(subject.session(), socket, Direction.UPLOAD, limits),
                new SinkStream(sink, form, parts.demandCloseNotify(), end, check()),
                StreamReason.UPLOAD,
                limits,
                startedNanos);
    }

    /** Null if there is none: then nothing of it is made. */
    private @Nullable ContentCheck check() {
        if (parts.uploadCheck().isEmpty()) {
            return null;
        }
        UploadCheck asked = parts.uploadCheck().get();
        Event.Client client = SessionEvents.client(subject.session());
        var named = new UploadCheck.Named(subject.request().getCommand(), subject.path(), subject.told());
        return (content, ended) -> asked.judge(client, named, content.whole(), ended);
    }

    @Override
    public void abandon() {
        try {
            sink.interrupt(new Outcome.PeerClosed("no data connection"));
        } catch (IOException e) {
            LOG.warn("Clearing up after {}, which never began, failed", subject.path(), e);
        }
    }

    @Override
    public Way way() {
        return Way.streamed(StreamReason.UPLOAD);
    }

    /** Its name may be another client's file by now. */
    @Override
    public TransferReport.Subject ended(TransferReport.Subject begun) {
        return begun.session().getFileSystemView() instanceof SessionFileSystem ours
                ? sink.otherName()
                        .map(name -> begun.as(name, ours.getFile(name)))
                        .orElse(begun)
                : begun;
    }

    @Override
    public void reported(TransferResult result) {
        end.log(subject, result);
    }
}
