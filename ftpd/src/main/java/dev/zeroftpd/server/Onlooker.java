package dev.zeroftpd.server;

import dev.zeroftpd.config.reader.LoadedSettings;
import org.apache.ftpserver.impl.DefaultFtpServer;

/** What is told of a server's life as it goes on. Any thread. */
interface Onlooker {

    /** One that isn't there: nothing is loaded for it. */
    Onlooker NONE = new Onlooker() {};

    /** The server's listeners accept. */
    default void listening(DefaultFtpServer server) {}

    /** It has been told to stop; clients can still connect for a while, but should look elsewhere. */
    default void draining() {}

    /** Its listeners accept no more, so that another server may listen on their ports. */
    default void freed(DefaultFtpServer server) {}

    /** Changed settings are applied. */
    default void reload(LoadedSettings loaded) {}

    /** It has ended. */
    default void ended() {}
}
