package dev.zeroftpd.transfer.channel;

import java.io.IOException;

/** Makes a data connection ready for streaming, which may take a TLS handshake. */
public interface DataChannelOpener {

    /**
     * Blocks until the channel can be used. Called once, on the transfer's virtual thread.
     *
     * @throws NoDataConnectionException with the reason; any other IOException counts as a failed connection
     */
    DataChannel open() throws IOException;

    /** Drops the connection while {@link #open} is running, which wakes it. Any thread; must not block. */
    void abandon();
}
