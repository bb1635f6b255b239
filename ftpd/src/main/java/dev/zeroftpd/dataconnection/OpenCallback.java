package dev.zeroftpd.dataconnection;

import dev.zeroftpd.transfer.result.Outcome;
import java.nio.channels.SocketChannel;

/**
 * Hears how the opening of a data connection ended: exactly one of its methods is called, once: on the calling thread,
 * before the call returns, if the outcome is known at once; else on the event loop, where it must not block.
 */
public interface OpenCallback {

    /**
     * The connection is open. The socket is non-blocking, registered with no selector, and now owned by the callback.
     */
    void opened(SocketChannel socket);

    /** There will be no connection. */
    void failed(Outcome.NoDataConnection outcome);

    /** It was given up by {@link DataConnectionAttempt#cancel()}; its port is free again. */
    void cancelled();
}
