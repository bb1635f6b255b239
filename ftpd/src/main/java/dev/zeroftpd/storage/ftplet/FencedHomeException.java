package dev.zeroftpd.storage.ftplet;

import java.io.Serial;
import org.apache.ftpserver.ftplet.FtpException;

/** A home that this process can't reach since it was fenced: its account came later, or the directory is another one. */
public final class FencedHomeException extends FtpException {

    @Serial
    private static final long serialVersionUID = 1L;

    FencedHomeException(String user, String home) {
        super("the home " + home + " of user " + user
                + " is outside the trees that this process may open since its start;"
                + " restart it, or name a tree in process.sandbox-paths beforehand");
    }
}
