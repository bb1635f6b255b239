package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.parameter.OctetRange;
import dev.zeroftpd.command.verb.AskingCommand;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.dataconnection.SessionDataConnection;
import dev.zeroftpd.storage.StorageException;
import java.io.IOException;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * A transfer verb of an embedded server: where both the file and the data connection are missing, it tells of the file, as
 * Apache FtpServer does. Immutable; runs on the session's mailbox and may block in the file system.
 */
public record FileFirst(Look look, AskingCommand command, Need need) implements AskingCommand {

    public FileFirst(Look look, AskingCommand command) {
        this(look, command, Need.NOTHING);
    }

    @Override
    public FileFirst asking(Need wanted) {
        return new FileFirst(look, command.asking(wanted), wanted);
    }

    /** Finds what would be transferred, or throws what storage refuses. */
    @FunctionalInterface
    public interface Look {
        void at(FtpIoSession session, Need need, String argument) throws IOException;
    }

    public static void file(FtpIoSession session, Need need, String argument) throws IOException {
        if (!argument.isEmpty()) {
            DownloadFile.open(session, need, argument).source().close();
        }
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
            throws IOException, FtpException {
        if (!SessionDataConnection.of(session).isPrepared()) {
            try {
                look.at(session, need, request.hasArgument() ? request.getArgument() : "");
            } catch (StorageException e) {
                OctetRange.clear(session);
                session.resetState();
                throw e;
            }
        }
        command.execute(session, context, request);
    }
}
