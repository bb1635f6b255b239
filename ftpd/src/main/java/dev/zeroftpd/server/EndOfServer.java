package dev.zeroftpd.server;

import dev.zeroftpd.control.LifeCycleFtplet;
import org.apache.ftpserver.ftplet.DefaultFtplet;

/**
 * Ends our threads when an embedded server stops: Apache FtpServer destroys its Ftplets after its listeners, and offers
 * no other hook. Any thread.
 */
final class EndOfServer extends DefaultFtplet implements LifeCycleFtplet {

    private final DataPath dataPath;

    EndOfServer(DataPath dataPath) {
        this.dataPath = dataPath;
    }

    @Override
    public void destroy() {
        dataPath.close();
    }
}
