package dev.zeroftpd.server;

import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.operator.OperatedServer;
import dev.zeroftpd.operator.OperatedServer.WebLink;
import dev.zeroftpd.operator.Refused;
import java.util.Optional;
import org.apache.ftpserver.impl.DefaultFtpServer;

/** What is told of a server's life as it goes on. Any thread. */
interface Onlooker {

    /** One that isn't there: nothing is loaded for it. */
    Onlooker NONE = new Onlooker() {};

    /** The server's listeners accept. */
    default void listening(DefaultFtpServer server) {}

    /** It can be operated from now on. */
    default void operated(OperatedServer server) {}

    /**
     * Makes a link by which a browser may watch it.
     *
     * @throws Refused if there is no page, or no such role
     */
    default WebLink invite(String role, String name) throws Refused {
        throw Refused.because("this server has no live page: set admin.http=127.0.0.1:9121 and restart it");
    }

    /** It has been told to stop; clients can still connect for a while, but should look elsewhere. */
    default void draining() {}

    /** Its listeners are about to close: what another server on this machine has to find must be there now. */
    default void handOver() {}

    /** Its listeners accept no more, so that another server may listen on their ports. */
    default void freed(DefaultFtpServer server) {}

    /** Changed settings are applied. Returns what could not be used and stays as it was, and why. */
    default Optional<String> reload(LoadedSettings loaded) {
        return Optional.empty();
    }

    /** It has ended. */
    default void ended() {}
}
