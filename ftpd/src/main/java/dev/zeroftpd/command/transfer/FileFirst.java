package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.parameter.OctetRange;
import dev.zeroftpd.dataconnection.SessionDataConnection;
import dev.zeroftpd.storage.StorageException;
import java.io.IOException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * A transfer verb of an embedded server: where both the file and the data connection are missing, it tells of the file, as
 * Apache FtpServer does. Immutable; runs on the session's mailbox and may block in the file system.
 */
public record FileFirst(Look look, Command command) implements Command {

    /** Finds what would be transferred, or throws what storage refuses. */
    @FunctionalInterface
    public interface Look {
        void at(FtpIoSession session, String argument) throws IOException;
    }

    public static void file(FtpIoSession session, String argument) throws IOException {
        if (!argument.isEmpty()) {
            DownloadFile.open(session, argument).source().close();
        }
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
            throws IOException, FtpException {
        if (!SessionDataConnection.of(session).isPrepared()) {
            try {
                look.at(session, request.hasArgument() ? request.getArgument() : "");
            } catch (StorageException e) {
                OctetRange.clear(session);
                session.resetState();
                throw e;
            }
        }
        command.execute(session, context, request);
    }
}
