package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.parameter.OctetRange;
import dev.zeroftpd.command.verb.AskingCommand;
import dev.zeroftpd.command.verb.Need;
import java.io.IOException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * APPE: receives what comes behind the end of a file, or of what a broken upload left of it (RFC 959, section 4.1.3). Runs on the session's
 * mailbox and returns once the transfer is under way; {@link TransferReport} replies at its end.
 */
public final class AppeCommand implements AskingCommand {

    private final TransferParts parts;
    private final Receiving receiving;

    public AppeCommand(TransferParts parts) {
        this(parts, Need.NOTHING);
    }

    private AppeCommand(TransferParts parts, Need need) {
        this.parts = parts;
        this.receiving = new Receiving(parts, UploadFile::append, Receiving::begins, need);
    }

    @Override
    public AppeCommand asking(Need need) {
        return new AppeCommand(parts, need);
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) throws IOException {
        String name = request.getArgument();
        if (name == null) {
            NextTransfer.refuseNameless(session, request);
            return;
        }
        if (OctetRange.refuseAny(session)) {
            return;
        }
        receiving.begin(session, context, request, name);
    }
}
