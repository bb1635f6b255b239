package dev.zeroftpd.command;

import java.io.IOException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * STOR: receives a whole file, or after REST the rest of one (RFC 959, section 4.1.3; restart by RFC 3659, section 5). Runs on the session's
 * mailbox and returns once the transfer is under way; {@link TransferReport} replies at its end.
 */
public final class StorCommand implements Command {

    private final Receiving receiving;

    public StorCommand(DataTransfers transfers) {
        this.receiving = new Receiving(transfers, UploadFile::store, Receiving::begins);
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) throws IOException {
        String name = request.getArgument();
        if (name == null) {
            Receiving.refuseNameless(session, "STOR");
            return;
        }
        receiving.begin(session, context, request, name);
    }
}
