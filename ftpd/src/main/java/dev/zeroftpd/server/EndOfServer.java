package dev.zeroftpd.server;

import dev.zeroftpd.command.login.LoginThreads;
import dev.zeroftpd.control.LifeCycleFtplet;
import dev.zeroftpd.transfer.TransferEngine;
import org.apache.ftpserver.ftplet.DefaultFtplet;

/**
 * Ends our threads when an embedded server stops: Apache FtpServer destroys its Ftplets after its listeners, and offers
 * no other hook. Any thread.
 */
final class EndOfServer extends DefaultFtplet implements LifeCycleFtplet {

    private final TransferEngine engine;
    private final LoginThreads logins;

    EndOfServer(TransferEngine engine, LoginThreads logins) {
        this.engine = engine;
        this.logins = logins;
    }

    @Override
    public void destroy() {
        engine.close();
        logins.close();
    }
}
