package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.parameter.OctetRange;
import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.verb.AskingCommand;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.command.work.TextCount;
import dev.zeroftpd.command.work.WorkThreads;
import dev.zeroftpd.os.Quantity;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.transfer.FileSource;
import dev.zeroftpd.transfer.form.AsciiLength;
import dev.zeroftpd.transfer.result.Direction;
import java.io.IOException;
import java.util.Optional;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RETR: sends a file (RFC 959, section 4.1.3; restart by RFC 3659, section 5; parts by
 * draft-bryan-ftp-range). Runs on the session's mailbox and
 * returns once the transfer is under way; {@link TransferReport} replies at its end.
 */
public final class RetrCommand implements AskingCommand {

    private static final Logger LOG = LoggerFactory.getLogger(RetrCommand.class);

    private final TransferParts parts;
    private final WorkThreads threads;
    private final Need need;

    /** @param threads count texts */
    public RetrCommand(TransferParts parts, WorkThreads threads) {
        this(parts, threads, Need.NOTHING);
    }

    private RetrCommand(TransferParts parts, WorkThreads threads, Need need) {
        this.parts = parts;
        this.threads = threads;
        this.need = need;
    }

    @Override
    public RetrCommand asking(Need wanted) {
        return new RetrCommand(parts, threads, wanted);
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) throws IOException {
        Optional<OctetRange> range = OctetRange.take(session);
        String name = request.getArgument();
        if (name == null) {
            NextTransfer.refuseNameless(session, request);
            return;
        }
        if (NextTransfer.refuseUnprepared(session)
                || range.filter(chosen -> chosen.refuseInText(session)).isPresent()) {
            return;
        }
        DownloadFile file;
        try {
            file = DownloadFile.open(session, need, name);
        } catch (StorageException e) {
            session.resetState();
            throw e;
        }
        send(
                new TransferReport.Subject(session, context, request, Direction.DOWNLOAD, file.path(), file.file()),
                range.map(chosen -> chosen.endOf(file.source())).orElse(file.source()),
                range.map(OctetRange::first).orElse(session.getFileOffset()));
    }

    private void send(TransferReport.Subject subject, FileSource source, long offset) throws IOException {
        boolean ascii = subject.session().getDataType() == DataType.ASCII;
        if (offset <= source.size()) {
            begin(subject, source, offset);
        } else if (ascii && offset / 2 <= source.size() && !AsciiLength.isTooMuch(source.size())) {
            // TYPE A sends more bytes than the file has, and REST counts those (RFC 3659, section 5.3)
            TextCount.begin(threads, subject.session(), subject.request(), source, transmitted -> {
                if (offset <= transmitted) {
                    begin(subject, source, offset);
                } else {
                    refuse(subject.session(), source, offset);
                }
            });
        } else {
            refuse(subject.session(), source, offset);
        }
    }

    private void begin(TransferReport.Subject subject, FileSource source, long offset) {
        boolean ascii = subject.session().getDataType() == DataType.ASCII;
        String what = ascii ? "" : (source.size() - offset) + " bytes of "; // lines grow on the way
        TransferFlow.begin(
                parts, subject, "Sending " + what + subject.path() + ".", new Download(subject, source, offset));
    }

    private static void refuse(FtpIoSession session, FileSource source, long offset) {
        boolean uncounted = session.getDataType() == DataType.ASCII && AsciiLength.isTooMuch(source.size());
        String beyond = "Restart at " + offset + " is beyond the end of the file, which has "
                + Quantity.of(source.size(), "byte");
        try {
            source.close();
        } catch (IOException e) {
            LOG.debug("Closing a file that nothing was read from failed", e);
        }
        Replies.refuse(
                session,
                Replies.REPLY_554_INVALID_REST_PARAMETER,
                beyond + (uncounted ? ", or it is too long to be counted in TYPE A." : "."));
    }
}
