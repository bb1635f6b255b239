package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.channel.PeerException;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * The data connection of a streamed transfer: counted, throttled and watched. For the thread that runs the
 * {@link StreamTask}; closing is left to the engine.
 */
public interface StreamChannel extends ByteChannel {

    /**
     * Reads what has arrived, waiting for at least one byte.
     *
     * @return the bytes read, -1 at the end
     * @throws PeerException if the connection failed
     */
    @Override
    int read(ByteBuffer target) throws PeerException;

    /**
     * Writes all of {@code source}.
     *
     * @throws PeerException if the connection failed
     */
    @Override
    int write(ByteBuffer source) throws PeerException;

    /** True if the peer has ended in a way that no killed process leaves. */
    default boolean peerEndIsProof() {
        return false;
    }

    /** True once the outcome is decided: what is still done for this transfer is in vain. */
    default boolean isDecided() {
        return false;
    }

    /**
     * Writes everything that the peer sends into {@code sink}.
     *
     * @return Completed, or TlsTruncated if the peer's end was not a clean one
     */
    Outcome receiveInto(WritableByteChannel sink) throws IOException;

    /**
     * The file gets {@code bytes} that came in another form. They count for the transfer's rate as if they had come as they
     * are, so that a few compressed bytes can't fill a disk at once: waits until they may be written.
     *
     * @throws PeerException if the transfer is over
     */
    void stores(int bytes) throws PeerException;

    /** Sends {@code source} to its end. */
    Outcome sendFrom(ReadableByteChannel source) throws IOException;

    /** Nothing to do: the engine closes the connection, well or with a reset, once the outcome is decided. */
    @Override
    void close();
}
