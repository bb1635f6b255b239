package dev.zeroftpd.transfer.channel;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a connection end with RST instead of FIN: in MODE S (RFC 959 section 3.4.1) the end of the connection is the end
 * of the file, so a failed transfer must not look like one. Any thread.
 */
public final class Reset {

    private static final Logger LOG = LoggerFactory.getLogger(Reset.class);

    private Reset() {}

    /** Lets the next close of {@code socket} drop what is unsent and send RST. */
    public static void onClose(SocketChannel socket) {
        try {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // closed already, or the peer is gone: there is no connection left to end well
            LOG.debug("no reset for {}", socket, e);
        }
    }
}
