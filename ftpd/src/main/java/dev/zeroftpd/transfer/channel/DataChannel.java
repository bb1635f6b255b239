package dev.zeroftpd.transfer.channel;

import java.io.IOException;
import java.nio.channels.ByteChannel;

/**
 * The data connection as streaming code sees it: blocking, plain or encrypted. Read and written by one thread;
 * {@link #reset()} may be called by any.
 */
public interface DataChannel extends ByteChannel {

    /** True once the peer said that it has no more to send (FIN, and with TLS a close_notify before it). */
    boolean peerEndedCleanly();

    /** True if the peer's end can't be what a killed process leaves: with TLS, whose close_notify only its program says. */
    default boolean peerEndIsProof() {
        return false;
    }

    /** Ends the connection well: what was written is sent, then (with TLS a close_notify and) FIN. Idempotent. */
    @Override
    void close() throws IOException;

    /** Drops the connection with RST, so that the peer cannot take it for complete. Wakes a blocked reader or writer. */
    void reset();
}
