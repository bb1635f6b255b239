package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.channel.DataChannelOpener;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.Way;
import java.nio.channels.SocketChannel;

/** What the engine is to do with a data connection, and within which limits. Immutable. */
public sealed interface TransferRequest {

    TransferLimits limits();

    /** {@link System#nanoTime()} when the data connection was asked for. */
    long startedNanos();

    /**
     * One file to send by {@code sendfile(2)}, as {@link Way.ZeroCopy} says. The engine takes ownership of the source and the socket.
     *
     * @param offset first byte to send, 0 to the source's size
     * @param socket connected, non-blocking, registered with no selector
     */
    record ZeroCopy(FileSource source, long offset, SocketChannel socket, TransferLimits limits, long startedNanos)
            implements TransferRequest {

        public ZeroCopy {
            if (offset < 0 || offset > source.size()) {
                throw new IllegalArgumentException(
                        "offset " + offset + " outside a file of " + source.size() + " bytes");
            }
            if (!(source.way() instanceof Way.ZeroCopy)) {
                throw new IllegalArgumentException(
                        "this file has to be streamed: " + source.way().describe());
            }
            if (socket.isBlocking()) {
                throw new IllegalArgumentException("the socket has to be non-blocking");
            }
        }
    }

    /**
     * One transfer through this process's buffers.
     *
     * @param reason why it cannot go by {@code sendfile(2)}
     */
    record Stream(
            DataChannelOpener channel, StreamTask task, StreamReason reason, TransferLimits limits, long startedNanos)
            implements TransferRequest {}
}
