package dev.zeroftpd.command.hash;

import java.io.IOException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * A verb that is another one with an X before it: requests come without that X, but XMD5 and MD5 (draft-twine-ftpmd5) answer
 * differently. Immutable; any thread.
 *
 * @param withX answers where the client sent the X
 * @param without answers where it didn't
 */
public record SpelledWithX(Command withX, Command without) implements Command {

    static boolean isSo(FtpRequest request) {
        return request.getRequestLine().regionMatches(true, 0, "X", 0, 1);
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
            throws IOException, FtpException {
        (isSo(request) ? withX : without).execute(session, context, request);
    }
}
