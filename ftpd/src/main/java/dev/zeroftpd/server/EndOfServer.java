package dev.zeroftpd.server;

import dev.zeroftpd.control.LifeCycleFtplet;
import dev.zeroftpd.ops.event.Events;
import org.apache.ftpserver.ftplet.DefaultFtplet;

/**
 * Ends our threads when an embedded server stops: Apache FtpServer destroys its Ftplets after its listeners, and offers
 * no other hook. Any thread.
 */
final class EndOfServer extends DefaultFtplet implements LifeCycleFtplet {

    private final DataPath dataPath;
    private final Events events;

    EndOfServer(DataPath dataPath, Events events) {
        this.dataPath = dataPath;
        this.events = events;
    }

    @Override
    public void destroy() {
        dataPath.close();
        events.close();
    }
}
