package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.bandwidth.Throttle;
import dev.zeroftpd.transfer.channel.PeerHabit;
import dev.zeroftpd.transfer.result.Way;
import java.nio.channels.SocketChannel;

/**
 * One file to send by {@code sendfile(2)}. Immutable; the engine takes ownership of the source, the socket and the
 * throttle.
 *
 * @param offset first byte to send, 0 to the source's size
 * @param socket connected, non-blocking, registered with no selector
 * @param startedNanos {@link System#nanoTime()} when the data connection was asked for
 * @param habit of the session's client
 */
public record FileSend(
        FileSource source, long offset, SocketChannel socket, Throttle throttle, long startedNanos, PeerHabit habit) {

    public FileSend {
        if (offset < 0 || offset > source.size()) {
            throw new IllegalArgumentException("offset " + offset + " outside a file of " + source.size() + " bytes");
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
