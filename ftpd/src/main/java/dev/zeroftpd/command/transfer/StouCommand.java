package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.parameter.OctetRange;
import dev.zeroftpd.command.verb.AskingCommand;
import dev.zeroftpd.command.verb.Need;
import java.io.IOException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.jspecify.annotations.Nullable;

/**
 * STOU: receives a file under a name that no other has and tells it in the 150 (RFC 959, section 4.1.3; RFC 1123, section
 * 4.1.2.9). Runs on the session's mailbox and returns once the transfer is under way.
 */
public final class StouCommand implements AskingCommand {

    private final TransferParts parts;
    private final Receiving receiving;

    public StouCommand(TransferParts parts) {
        this(parts, Need.NOTHING);
    }

    private StouCommand(TransferParts parts, Need need) {
        this.parts = parts;
        this.receiving = new Receiving(parts, UploadFile::storeUnique, file -> "FILE: " + file.path(), need);
    }

    @Override
    public StouCommand asking(Need need) {
        return new StouCommand(parts, need);
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) throws IOException {
        @Nullable String suggested = request.getArgument();
        if (OctetRange.refuseAny(session)) {
            return;
        }
        receiving.begin(session, context, request, suggested == null ? "" : suggested);
    }
}
