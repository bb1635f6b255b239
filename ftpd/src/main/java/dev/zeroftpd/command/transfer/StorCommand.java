package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.parameter.OctetRange;
import dev.zeroftpd.command.verb.AskingCommand;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.command.work.WorkThreads;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import java.io.IOException;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * STOR: receives a whole file, after REST the rest of one, after RANG a part of one (RFC 959, section 4.1.3; RFC 3659,
 * section 5; draft-bryan-ftp-range). Runs on the session's mailbox and returns once the transfer is under way; {@link TransferReport} replies at its end.
 */
public final class StorCommand implements AskingCommand {

    private final TransferParts parts;
    private final WorkThreads threads;
    private final Need need;
    private final Receiving receiving;

    /** @param threads find the place in a text from where REST goes on */
    public StorCommand(TransferParts parts, WorkThreads threads) {
        this(parts, threads, Need.NOTHING);
    }

    private StorCommand(TransferParts parts, WorkThreads threads, Need need) {
        this.parts = parts;
        this.threads = threads;
        this.need = need;
        this.receiving = new Receiving(parts, UploadFile::store, Receiving::begins, need);
    }

    @Override
    public StorCommand asking(Need wanted) {
        return new StorCommand(parts, threads, wanted);
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) throws IOException {
        Optional<OctetRange> range = OctetRange.take(session);
        String name = request.getArgument();
        if (name == null) {
            NextTransfer.refuseNameless(session, request);
            return;
        }
        if (range.isEmpty()) {
            if (RestartOffset.of(session).isCounted() && session.getFileSystemView() instanceof SessionFileSystem) {
                receiving.beginAside(threads, session, context, request, name);
            } else {
                receiving.begin(session, context, request, name);
            }
        } else if (!range.get().refuseInText(session)) {
            new Receiving(
                            parts,
                            (_, asked, wanted) -> UploadFile.storeRange(session, asked, wanted, range.get()),
                            Receiving::begins,
                            need)
                    .begin(session, context, request, name);
        }
    }
}
